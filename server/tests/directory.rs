//! What everybody is given to verify.

use crate::{
    portal::{Person, SEALED, UNIT},
    story,
};
use app::directory::Trust;
use serde_json::json;

story!(
    everybody_is_given_the_same_but_for_what_is_sealed_to_them,
    |portal| {
        let mut seen = Vec::new();
        for person in Person::ALL {
            let trust: Trust = portal
                .signed_in(person)
                .await
                .ask("trust", json!({}))
                .await
                .json();
            assert_eq!(trust.directory.0, b"the directory", "the newest");
            assert_eq!(
                trust.checkpoint.as_ref().map(|bytes| bytes.0.as_slice()),
                Some(&b"a checkpoint"[..])
            );
            let groups: Vec<_> = trust.chains.iter().map(|chain| chain.group).collect();
            assert_eq!(groups[..2], [UNIT, SEALED], "every compartment, whoever asks");
            assert_eq!(
                groups.len(),
                if matches!(person, Person::Amy | Person::Dee | Person::Dan) {
                    3
                } else {
                    2
                },
                "and one's own organisation; administrators are given all"
            );
            assert_eq!(trust.chains[0].links[1].0, format!("link 1 of {UNIT}").as_bytes());
            seen.push((person, trust.wraps));
        }
        for (person, wraps) in seen {
            let expected: Vec<_> = match person {
                Person::Ann | Person::Dee | Person::Dan => Vec::new(),
                person => vec![format!("wrap for {}", person.name()).into_bytes()],
            };
            assert_eq!(
                wraps.into_iter().map(|bytes| bytes.0).collect::<Vec<_>>(),
                expected
            );
        }
    }
);
