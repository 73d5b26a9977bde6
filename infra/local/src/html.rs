//! The plain pages of the demonstration: their frame, their style, and the escaping of what is put into them.

use std::borrow::Cow;

/// The style sheet of every plain page.
pub(crate) const STYLE: &str = include_str!("plain.css");

/// A whole page around `body`, which is HTML.
pub(crate) fn document(title: &str, style: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title} - Sluice</title>\n\
         <link rel=\"stylesheet\" href=\"{style}\">\n</head>\n<body>\n\
         <header><div class=\"width\"><span class=\"product\">Sluice</span></div></header>\n\
         <div class=\"width\"><p class=\"phase\"><strong class=\"tag\">Demonstration</strong> \
         Nothing here is real, and nothing leaves this machine.</p>\n<main>\n{body}</main>\n</div>\n</body>\n</html>\n",
    )
}

/// Text for an element or a quoted attribute.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_is_text() {
        assert_eq!(
            escape("\"><script>'&"),
            "&quot;&gt;&lt;script&gt;&#39;&amp;"
        );
    }
}
