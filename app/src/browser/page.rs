//! The page in its window: focus, title, leaving.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Blob, Element, HtmlAnchorElement, HtmlDocument, HtmlElement, Url};

/// Puts the focus on the element with this id.
pub(crate) fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        focus_element(&element);
    }
}

/// Puts the focus on `element`, or does nothing where it cannot have it.
pub(crate) fn focus_element(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // It fails only where the element is gone, and then there is nothing to focus.
        drop(element.focus());
    }
}

/// Scrolls what names the field into view (its legend or label), then puts the focus in the field.
pub(crate) fn focus_field(id: &str) {
    let Some(field) = document().get_element_by_id(id) else {
        return;
    };
    let group = field.closest(".govuk-form-group").ok().flatten();
    group.as_ref().unwrap_or(&field).scroll_into_view();
    focus_element(&field);
}

/// Puts the focus on the element with this id where nothing has it, because what had it is gone.
pub(crate) fn focus_if_lost(id: &str) {
    let lost = document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY");
    if lost {
        focus(id);
    }
}

/// Which element of the page had the focus: by its kind, its id and its text, because its place may be another afterwards.
pub(crate) struct Focus(Option<(String, String, Option<String>)>);

impl Focus {
    /// What has it now.
    pub(crate) fn now() -> Self {
        Self(document().active_element().map(|active| described(&active)))
    }

    /// Gives it to the element inside of `root` that is the same.
    pub(crate) fn restore(self, root: &Element) {
        let Some((kind, id, text)) = self.0 else { return };
        let Ok(all) = root.query_selector_all(&kind) else {
            return;
        };
        let same = (0..all.length())
            .filter_map(|n| all.item(n)?.dyn_into::<Element>().ok())
            .find(|one| described(one) == (kind.clone(), id.clone(), text.clone()));
        if let Some(element) = same {
            focus_element(&element);
        }
    }
}

fn described(element: &Element) -> (String, String, Option<String>) {
    (element.tag_name(), element.id(), element.text_content())
}

/// Sets the title.
pub(crate) fn set_title(title: &str) {
    document().set_title(title);
}

/// Sets the language of the document.
pub(crate) fn set_language(code: &str) {
    if let Some(root) = document().document_element() {
        // An attribute with a valid name cannot be refused.
        drop(root.set_attribute("lang", code));
    }
}

/// Takes the fragment out of the address, without its mark; it is in no history after that.
pub(crate) fn take_fragment() -> String {
    let location = window().location();
    let fragment = location.hash().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    if let Ok(history) = window().history() {
        // It fails only for addresses of other sites.
        drop(history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path)));
    }
    fragment.trim_start_matches('#').to_owned()
}

/// Where the address leads on this site.
pub(crate) fn path() -> String {
    // It fails only where there is no page.
    window().location().pathname().unwrap_or_default()
}

/// The whole address of a path of this site.
pub(crate) fn address_of(path: &str) -> String {
    format!("{}{path}", window().location().origin().unwrap_or_default())
}

/// Loads the page anew.
pub(crate) fn reload() {
    drop(window().location().reload());
}

/// Marks the text of the element with this id and copies it; says whether the browser did. It asks for no permission, and what
/// is marked can be copied by hand.
pub(crate) fn copy(id: &str) -> bool {
    let marked = document()
        .get_element_by_id(id)
        .zip(window().get_selection().ok().flatten())
        .is_some_and(|(element, selection)| selection.select_all_children(&element).is_ok());
    let page = document().dyn_into::<HtmlDocument>().ok();
    marked && page.is_some_and(|page| page.exec_command("copy").unwrap_or(false))
}

/// Opens the browser's dialog for printing.
pub(crate) fn print() {
    // It fails where there is no printing, as inside a sandbox.
    drop(window().print());
}

/// Has the browser save `bytes` as a file of this name.
pub(crate) fn save(name: &str, bytes: &[u8]) {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let Ok(blob) = Blob::new_with_u8_array_sequence(&parts) else {
        return;
    };
    let link = document().create_element("a").ok();
    let link = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let (Some(link), Ok(address)) = (link, Url::create_object_url_with_blob(&blob)) {
        link.set_href(&address);
        link.set_download(name);
        link.click();
        // It fails for no address that was made here.
        drop(Url::revoke_object_url(&address));
    }
}

/// A name for a group of radio buttons that no other has and that means nothing.
pub(crate) fn nameless() -> String {
    let number = js_sys::Math::random().to_bits();
    format!("g{number:x}")
}

/// Takes away everything that is shown but the fixed text, with the id `failed`, that the page has stopped working.
pub(crate) fn show_failure() {
    let found = |id| document().get_element_by_id(id);
    if let (Some(app), Some(failed)) = (found("app"), found("failed")) {
        app.set_text_content(None);
        // Both are attributes and children of plain elements, which cannot be refused.
        drop(failed.remove_attribute("hidden"));
        drop(app.append_child(&failed));
    }
}
