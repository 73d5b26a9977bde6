//! What RFC 5280 asks of the extensions of certificates beside the algorithm of its section 6.1, which `pkix-path` does.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc3280::EMAIL_ADDRESS;
use const_oid::db::rfc5280::{
    ID_CE_BASIC_CONSTRAINTS, ID_CE_CERTIFICATE_POLICIES, ID_CE_EXT_KEY_USAGE,
    ID_CE_INHIBIT_ANY_POLICY, ID_CE_KEY_USAGE, ID_CE_NAME_CONSTRAINTS, ID_CE_POLICY_CONSTRAINTS,
    ID_CE_POLICY_MAPPINGS, ID_CE_SUBJECT_ALT_NAME,
};
use der::asn1::Ia5StringRef;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::NameConstraints;
use x509_cert::ext::pkix::name::GeneralName;

use super::certificate::Certificate;
use crate::finding::SignatureDefect;

/// The extensions that are acted upon, here or in the path library. Any other one that is critical refuses a certificate.
const UNDERSTOOD: [ObjectIdentifier; 9] = [
    ID_CE_KEY_USAGE,
    ID_CE_BASIC_CONSTRAINTS,
    ID_CE_SUBJECT_ALT_NAME,
    ID_CE_EXT_KEY_USAGE,
    ID_CE_NAME_CONSTRAINTS,
    ID_CE_CERTIFICATE_POLICIES,
    ID_CE_POLICY_MAPPINGS,
    ID_CE_POLICY_CONSTRAINTS,
    ID_CE_INHIBIT_ANY_POLICY,
];

/// The first critical extension that nobody here acts upon.
pub(crate) fn unknown_critical(certificate: &Certificate) -> Option<ObjectIdentifier> {
    extensions(certificate)
        .iter()
        .find(|extension| extension.critical && !UNDERSTOOD.contains(&extension.extn_id))
        .map(|extension| extension.extn_id)
}

/// No extension stands in it twice (RFC 5280, 4.2), or it would depend on the reader which one counts.
pub(crate) fn check(certificate: &Certificate) -> Result<(), SignatureDefect> {
    let all = extensions(certificate);
    let doubled = all.iter().enumerate().any(|(index, extension)| {
        all[..index]
            .iter()
            .any(|before| before.extn_id == extension.extn_id)
    });
    if doubled {
        Err(unreadable(certificate))
    } else {
        Ok(())
    }
}

/// Constraints on names are of forms that are compared, and so are the names under them (RFC 5280, 4.2.1.10: else refuse).
///
/// The path library passes over a form that it does not know, an address of a wrong length, an empty domain, and an e-mail
/// address in a subject that is no `IA5String`. `anchor` constrains the names in `chain`, and its own name is not looked at.
pub(crate) fn check_constraints(
    chain: &[&Certificate],
    anchor: &Certificate,
) -> Result<(), SignatureDefect> {
    let mut constrains_mail = false;
    for certificate in chain.iter().copied().chain([anchor]) {
        let Some(constraints) = constraints(certificate)? else {
            continue;
        };
        let subtrees = [
            constraints.permitted_subtrees,
            constraints.excluded_subtrees,
        ];
        for subtree in subtrees.iter().flatten().flatten() {
            if !is_compared(&subtree.base) {
                return Err(SignatureDefect::ConstraintNotCompared {
                    authority: certificate.subject().to_string(),
                });
            }
            constrains_mail |= matches!(subtree.base, GeneralName::Rfc822Name(_));
        }
    }
    let odd = chain
        .iter()
        .find(|certificate| constrains_mail && has_odd_mail(certificate));
    odd.map_or(Ok(()), |certificate| {
        Err(SignatureDefect::NameNotAllowed {
            subject: certificate.subject().to_string(),
        })
    })
}

/// That a certificate breaks RFC 5280.
pub(super) fn unreadable(certificate: &Certificate) -> SignatureDefect {
    SignatureDefect::CertificateUnreadable {
        subject: Some(certificate.subject().to_string()),
    }
}

/// The constraints on names in an authority's certificate.
pub(crate) fn constraints(
    certificate: &Certificate,
) -> Result<Option<NameConstraints>, SignatureDefect> {
    let found = certificate.parsed().tbs_certificate.get();
    found
        .map(|found| found.map(|(_, constraints)| constraints))
        .map_err(|_| unreadable(certificate))
}

fn is_compared(base: &GeneralName) -> bool {
    match base {
        GeneralName::DirectoryName(_) => true,
        GeneralName::Rfc822Name(text)
        | GeneralName::DnsName(text)
        | GeneralName::UniformResourceIdentifier(text) => !text.is_empty(),
        GeneralName::IpAddress(range) => [8, 32].contains(&range.as_bytes().len()),
        _ => false,
    }
}

fn has_odd_mail(certificate: &Certificate) -> bool {
    let subject = &certificate.parsed().tbs_certificate.subject;
    let mut parts = subject.0.iter().flat_map(|part| part.0.iter());
    parts.any(|part| {
        part.oid == EMAIL_ADDRESS && part.value.decode_as::<Ia5StringRef<'_>>().is_err()
    })
}

fn extensions(certificate: &Certificate) -> &[Extension] {
    certificate
        .parsed()
        .tbs_certificate
        .extensions
        .as_deref()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use der::asn1::{Any, Ia5String, OctetString, SetOfVec, Utf8StringRef};
    use der::{Decode as _, Encode as _};
    use x509_cert::attr::AttributeTypeAndValue;
    use x509_cert::ext::pkix::constraints::name::GeneralSubtree;
    use x509_cert::name::RelativeDistinguishedName;

    use super::*;

    fn changed(change: impl FnOnce(&mut x509_cert::TbsCertificate)) -> Certificate {
        let pem = include_bytes!("../../testkit/certificates/root.pem");
        let der = Certificate::parse(pem).unwrap().der().to_vec();
        let mut parsed = x509_cert::Certificate::from_der(&der).unwrap();
        change(&mut parsed.tbs_certificate);
        Certificate::from_der(&parsed.to_der().unwrap()).unwrap()
    }

    fn constrained(base: GeneralName) -> Certificate {
        let constraints = NameConstraints {
            permitted_subtrees: None,
            excluded_subtrees: Some(vec![GeneralSubtree {
                base,
                minimum: 0,
                maximum: None,
            }]),
        };
        changed(|tbs| {
            tbs.extensions.as_mut().unwrap().push(Extension {
                extn_id: ID_CE_NAME_CONSTRAINTS,
                critical: true,
                extn_value: OctetString::new(constraints.to_der().unwrap()).unwrap(),
            });
        })
    }

    fn with_mail(value: Any) -> Certificate {
        changed(|tbs| {
            let part = AttributeTypeAndValue {
                oid: EMAIL_ADDRESS,
                value,
            };
            let part = RelativeDistinguishedName(SetOfVec::try_from(vec![part]).unwrap());
            tbs.subject.0.push(part);
        })
    }

    fn text(text: &str) -> Ia5String {
        Ia5String::new(text).unwrap()
    }

    #[test]
    fn a_constraint_that_the_library_would_pass_over_refuses() {
        let address = |length: usize| OctetString::new(vec![10; length]).unwrap();
        for (base, is_compared) in [
            (GeneralName::DnsName(text("example.org")), true),
            (GeneralName::DnsName(text("")), false),
            (GeneralName::Rfc822Name(text("")), false),
            (GeneralName::UniformResourceIdentifier(text("")), false),
            (GeneralName::IpAddress(address(8)), true),
            (GeneralName::IpAddress(address(5)), false),
            (GeneralName::RegisteredId(EMAIL_ADDRESS), false),
        ] {
            let authority = constrained(base.clone());
            let result = check_constraints(&[], &authority);
            assert_eq!(result.is_ok(), is_compared, "{base:?}");
        }
    }

    #[test]
    fn under_a_constraint_on_mail_an_address_of_another_string_type_refuses() {
        let authority = constrained(GeneralName::Rfc822Name(text("example.org")));
        let usual = with_mail(Any::encode_from(&text("a@example.com")).unwrap());
        let odd = Utf8StringRef::new("a@example.org").unwrap();
        let odd = with_mail(Any::encode_from(&odd).unwrap());
        let anchor = changed(|_| ());
        assert_eq!(check_constraints(&[&usual, &authority], &anchor), Ok(()));
        assert_eq!(check_constraints(&[&odd], &anchor), Ok(()));
        assert!(check_constraints(&[&odd, &authority], &anchor).is_err());
        assert!(
            check_constraints(&[&odd], &authority).is_err(),
            "an anchor's own constraint"
        );
    }

    #[test]
    fn an_extension_stands_in_a_certificate_once() {
        let usual = changed(|_| ());
        assert_eq!(check(&usual), Ok(()));
        let twice = changed(|tbs| {
            let extensions = tbs.extensions.as_mut().unwrap();
            extensions.push(extensions[0].clone());
        });
        assert_eq!(check(&twice), Err(unreadable(&twice)));
    }
}
