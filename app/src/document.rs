//! The document around the app: the only part of a page that the browser's code never touches.

use crate::{
    place::{self, Place},
    site::Site,
    text::{self, code},
};
use leptos::prelude::*;

/// The document of the page at `path`. Its head holds what the page's code reads back; its one script is a file.
#[component]
pub(crate) fn Document(site: Site, path: String, children: Children) -> impl IntoView {
    let (lang, place) = place::find(&path);
    let title = place.map_or_else(|| text::not_found_title(lang), |place| place.title(lang));
    let runs = !place.is_some_and(Place::is_constant);
    let roots = site
        .roots
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(",");
    view! {
        <!DOCTYPE html>
        <html lang=code(lang) class="govuk-template">
            <head>
                <meta charset="utf-8"/>
                // As HTML: a text would be followed by a mark, which is shown where no code takes it away. No title has a character that HTML
                // reads.
                <title inner_html=text::window_title(lang, title.plain()).plain()></title>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="description" content=text::footer_what(lang).plain()/>
                <meta name="theme-color" content="#0d4f57"/>
                <meta name="google" content="notranslate"/>
                <meta name="candour-instance" content=site.instance/>
                <meta name="candour-roots" content=roots/>
                <meta name="candour-threshold" content=site.threshold.to_string()/>
                <meta name="candour-worker" content=site.assets.worker/>
                <meta name="candour-sender" content=site.assets.sender/>
                <meta name="candour-licences" content=site.assets.licences/>
                <meta name="candour-demo" content=if site.demo { "yes" } else { "no" }/>
                <meta name="candour-exit" content=site.exit/>
                <link rel="icon" href=site.assets.icon type="image/svg+xml"/>
                <link rel="stylesheet" href=site.assets.style.path integrity=site.assets.style.integrity/>
                // The policy lets no script in without its hash, and what a script imports can only be given one here. Where
                // this is missing, the start script loads no code.
                {runs.then(|| view! {
                    <link rel="modulepreload" href=site.assets.page.path integrity=site.assets.page.integrity/>
                })}
                <script type="module" src=site.assets.start.path integrity=site.assets.start.integrity></script>
            </head>
            <body class="govuk-template__body js-enabled govuk-frontend-supported"><div id="app">{children()}</div></body>
        </html>
    }
}
