//! The text of a name cut into its parts (RFC 4514, 3). `x509-cert` reads each part, but cuts at a comma behind an escaped
//! backslash wrongly and keeps the quotes and spaces that OpenSSL writes.

/// The parts of a name, each of one or more `type=value`; `None` when the text ends inside an escape or quotes, or has no part.
pub(super) fn parts(text: &str) -> Option<Vec<Vec<String>>> {
    let mut parts = vec![Vec::new()];
    let mut value = String::new();
    let mut quoted = false;
    let mut characters = text.trim_start_matches(' ').chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                value.push('\\');
                value.push(characters.next()?);
            }
            '"' => quoted = !quoted,
            // What is in quotes stands for itself.
            ',' | '+' | ';' | '<' | '>' if quoted => value.extend(['\\', character]),
            ',' | '+' => {
                parts.last_mut()?.push(trimmed(&value)?);
                value.clear();
                if character == ',' {
                    parts.push(Vec::new());
                }
            }
            other => value.push(other),
        }
    }
    parts.last_mut()?.push(trimmed(&value)?);
    (!quoted).then_some(parts)
}

/// Without the spaces around type and value, which mean nothing unless they are escaped.
fn trimmed(pair: &str) -> Option<String> {
    let (kind, value) = pair.split_once('=')?;
    let value = value.trim_start_matches(' ');
    let end = value.trim_end_matches(' ');
    let backslashes = end.chars().rev().take_while(|c| *c == '\\').count();
    // An odd number of them escapes the space behind.
    let end = if backslashes % 2 == 1 && end.len() < value.len() {
        &value[..=end.len()]
    } else {
        end
    };
    Some(format!("{}={end}", kind.trim_matches(' ')))
}
