//! What a browser is told of where the page's code may come from.

use std::collections::BTreeMap;

/// The Content Security Policy of the page; `${Uploads}` and `${Identity}` are origins of the deployment.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
    worker-src 'self'; connect-src 'self' ${Uploads} ${Identity}; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types sluice-worker";

/// The directive in which a deployment names its own addresses, so that no release can say what is in it.
pub const DEPLOYMENTS_OWN: &str = "connect-src";

/// The directives of a policy, without the deployment's own. Of one that is there twice the first counts, as in browsers.
pub fn directives(policy: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for directive in policy.split(';') {
        let words: Vec<&str> = directive.split_ascii_whitespace().collect();
        let Some((name, values)) = words.split_first() else {
            continue;
        };
        let name = name.to_ascii_lowercase();
        if name != DEPLOYMENTS_OWN {
            found.entry(name).or_insert_with(|| values.join(" "));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_two_directives_counts_and_the_deployments_own_does_not() {
        let found =
            directives("script-src 'self';  Script-Src *; connect-src *;;style-src 'self'  data:");
        let expected = [("script-src", "'self'"), ("style-src", "'self' data:")];
        let expected = expected.map(|(name, values)| (name.to_owned(), values.to_owned()));
        assert_eq!(found, BTreeMap::from(expected));
    }
}
