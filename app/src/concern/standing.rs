//! Who is to read it: by how the person stands to those who usually would, and by who must not.

use protocol::{
    concern::Standing,
    told::{Rank, Routing, Whether},
    vault::{CompartmentView, ForceView},
};

/// By these answers; nothing where they are not given, or lead to nobody here.
pub(crate) fn standing(routing: Routing, force: Option<&ForceView>) -> Option<Standing> {
    let usual = of_rank(routing.rank?)?;
    match (routing.apart, force) {
        (Some(Whether::Yes), Some(force)) => apart_from(usual, force),
        _ => Some(usual),
    }
}

/// Who reads it where nobody among them must not.
pub(crate) fn of_rank(rank: Rank) -> Option<Standing> {
    match rank {
        Rank::Usual | Rank::Unknown => Some(Standing::Usual),
        Rank::Senior | Rank::Inside | Rank::Near => Some(Standing::Close),
        Rank::Chief => Some(Standing::Chief),
        Rank::Elected => None,
    }
}

/// Who reads it of a force for which the person stands so.
pub(crate) fn reader(standing: Standing, force: &ForceView) -> Option<&CompartmentView> {
    match standing {
        Standing::Usual => force.intake.as_ref(),
        Standing::Close => force.sealed.as_ref(),
        Standing::Chief => force.oversight.as_ref(),
    }
}

/// The next smaller circle that has nobody in common with those who would read it, by the verified lists; nothing where there is
/// none. An account is a person as far as a list can say.
fn apart_from(usual: Standing, force: &ForceView) -> Option<Standing> {
    let these = reader(usual, force)?;
    let further: &[Standing] = match usual {
        Standing::Usual => &[Standing::Close, Standing::Chief],
        Standing::Close => &[Standing::Chief],
        Standing::Chief => &[],
    };
    let mut all = further.iter().copied();
    all.find(|one| reader(*one, force).is_some_and(|others| is_apart(others, these)))
}

fn is_apart(one: &CompartmentView, other: &CompartmentView) -> bool {
    let shared = one.holders.iter().any(|holder| other.holders.contains(holder));
    one.id != other.id && !shared
}

/// Those who hold recovery keys of both, by their names.
pub(crate) fn shared_custodians(one: &CompartmentView, other: &CompartmentView) -> Vec<String> {
    let shared = one
        .custodians
        .iter()
        .filter(|name| other.custodians.contains(name));
    shared.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::id::{AccountId, GroupId};

    fn compartment(n: u8, holders: &[u8]) -> CompartmentView {
        CompartmentView {
            id: GroupId([n; 16]),
            unit: n.to_string(),
            sealed: n == 2,
            members: 2,
            leads: 2,
            holders: holders.iter().map(|one| AccountId([*one; 16])).collect(),
            words: vec![],
            custodians: vec![],
            aims: None,
        }
    }

    fn force(sealed: Option<&[u8]>, oversight: Option<&[u8]>) -> ForceView {
        ForceView {
            id: "north".into(),
            name: "North".into(),
            intake: Some(compartment(1, &[1, 2])),
            sealed: sealed.map(|holders| compartment(2, holders)),
            oversight: oversight.map(|holders| compartment(3, holders)),
        }
    }

    fn led(rank: Rank, apart: Option<Whether>, force: &ForceView) -> Option<Standing> {
        let routing = Routing {
            rank: Some(rank),
            apart,
            ..Routing::default()
        };
        standing(routing, Some(force))
    }

    #[test]
    fn rank_leads_to_those_who_do_not_answer_to_the_person() {
        let force = force(Some(&[3]), Some(&[5]));
        for (rank, expected) in [
            (Rank::Usual, Some(Standing::Usual)),
            (Rank::Unknown, Some(Standing::Usual)),
            (Rank::Senior, Some(Standing::Close)),
            (Rank::Inside, Some(Standing::Close)),
            (Rank::Near, Some(Standing::Close)),
            (Rank::Chief, Some(Standing::Chief)),
            (Rank::Elected, None),
        ] {
            assert_eq!(led(rank, None, &force), expected, "{rank:?}");
            assert_eq!(led(rank, Some(Whether::No), &force), expected, "{rank:?}");
            assert_eq!(led(rank, Some(Whether::Unknown), &force), expected, "{rank:?}");
        }
        assert_eq!(standing(Routing::default(), Some(&force)), None);
    }

    #[test]
    fn who_could_recover_both_is_named() {
        let holding = |names: &[&str]| CompartmentView {
            custodians: names.iter().map(|name| (*name).to_owned()).collect(),
            ..compartment(1, &[1])
        };
        assert_eq!(
            shared_custodians(&holding(&["A", "B"]), &holding(&["B", "C"])),
            ["B"]
        );
        assert!(shared_custodians(&holding(&["A"]), &holding(&["B"])).is_empty());
    }

    #[test]
    fn who_must_not_read_it_is_not_among_those_who_do() {
        let yes = Some(Whether::Yes);
        for (sealed, oversight, rank, expected) in [
            (
                Some(&[3, 4][..]),
                Some(&[5][..]),
                Rank::Usual,
                Some(Standing::Close),
            ),
            (Some(&[2, 3]), Some(&[5]), Rank::Usual, Some(Standing::Chief)),
            (None, Some(&[5]), Rank::Usual, Some(Standing::Chief)),
            (Some(&[2]), Some(&[1]), Rank::Usual, None),
            (None, None, Rank::Usual, None),
            (Some(&[3]), Some(&[5]), Rank::Inside, Some(Standing::Chief)),
            (Some(&[3]), Some(&[3, 5]), Rank::Inside, None),
            (Some(&[3]), Some(&[5]), Rank::Chief, None),
        ] {
            assert_eq!(
                led(rank, yes, &force(sealed, oversight)),
                expected,
                "{sealed:?} {oversight:?} {rank:?}"
            );
        }
    }
}
