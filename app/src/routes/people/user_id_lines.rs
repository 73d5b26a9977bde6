//! User IDs as they are typed: one a line, each with its roles.

use sluice_shared::{
    files::UserId,
    identifiers::{Eui64, UserRole},
};

/// All of them, or what is wrong with the first line that says none.
pub(super) fn parse_lines(text: &str) -> Result<Vec<UserId>, String> {
    let lines = text.lines().map(str::trim).zip(1..);
    lines
        .filter(|(line, _)| !line.is_empty())
        .map(|(line, number)| user_id(line).map_err(|words| format!("Line {number}: {words}.")))
        .collect()
}

/// A User ID and its roles: `90-B3-D5-1F-30-01-00-00 IS GS`.
fn user_id(line: &str) -> Result<UserId, String> {
    let mut words = line
        .split([' ', ',', ';', '\t'])
        .filter(|word| !word.is_empty());
    let id = words.next().unwrap_or_default();
    let id = Eui64::parse(id).map_err(|error| format!("{id} {error}"))?;
    let roles = words.map(|word| UserRole::parse(word).map_err(|error| format!("{word} {error}")));
    let roles: Vec<UserRole> = roles.collect::<Result<_, _>>()?;
    if roles.is_empty() {
        return Err(format!(
            "{id} has no role: write it after the User ID, such as IS"
        ));
    }
    Ok(UserId { id, roles })
}

/// As they are written, one a line.
pub(super) fn in_lines(user_ids: &[UserId]) -> String {
    let lines = user_ids.iter().map(|user_id| {
        let roles: Vec<_> = user_id.roles.iter().map(ToString::to_string).collect();
        format!("{} {}", user_id.id, roles.join(" "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_line_has_a_user_id_with_its_roles_and_is_written_as_it_is_read() {
        for line in ["90-B3-D5-1F-30-01-00-00 IS GS", "90b3d51f30010000, IS;GS"] {
            let read = user_id(line).unwrap();
            assert_eq!(in_lines(&[read]), "90-B3-D5-1F-30-01-00-00 IS GS");
        }
        assert_eq!(
            parse_lines("\n90-B3-D5-1F-30-01-00-00 IS\n\nsomebody IS\n").unwrap_err(),
            "Line 4: somebody has 8 characters; an EUI-64 has eight pairs of hex digits joined by hyphens."
        );
        for (line, expected) in [
            ("90-B3-D5-1F-30-01-00-00", "has no role"),
            ("90-B3-D5-1F-30-01-00-00 XX", "XX is not one of IS"),
            ("somebody IS", "somebody has"),
        ] {
            let said = user_id(line).unwrap_err();
            assert!(said.contains(expected), "{said}");
        }
    }
}
