//! What takes effect is what people saw: random sequences of statements, reviews, clocks and tries that are made twice, through
//! `judge` alone, against a plain reference.

use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use sluice_shared::api::PersonRef;
use sluice_shared::files::{FileKind, FileReader, Sender, UserId};
use sluice_shared::identifiers::{FileDigest, PersonId, UserRole};
use sluice_shared::instant::UtcTime;
use sluice_shared::profile::Profile;
use sluice_shared::thresholds::StatementOrigin;
use sluice_shared::verdict::{
    Changes, FileSignature, JudgedAt, Known, KnownForAdt, KnownSender, KnownThresholds, ReadFile,
    RegisteredSigner, Verdict, judge,
};
use time::Duration;

use crate::make::{CERTIFICATE, IS, certificates, eui, hour, organisation, origin, submission};

const SUBJECT: &str = "CN=Supplier ARO 1,O=Large Supplier,C=GB";

/// The service with one User ID and one service's threshold.
struct Service {
    profile: Profile,
    now: UtcTime,
    known: Option<KnownThresholds>,
    waiting: Vec<Waiting>,
    /// The product of raises since a reviewer last saw one, by plain arithmetic.
    product: f64,
}

/// A file in the queue, with what the queue shows of it.
struct Waiting {
    file: ReadFile,
    level: u64,
    shown: Shown,
}

#[derive(Clone, Debug, PartialEq)]
struct Shown {
    digest: FileDigest,
    old: Option<u64>,
    raise: bool,
}

impl Service {
    fn new() -> Self {
        let mut profile = Profile::standard().clone();
        profile.adt.require_every_critical_service = false;
        let mut service = Self {
            profile,
            now: hour(0),
            known: None,
            waiting: Vec::new(),
            product: 1.0,
        };
        service.send(100, 0);
        assert!(service.review(0, true), "the first statement");
        service
    }

    fn sender() -> Sender {
        Sender {
            organisation: organisation(),
            user_ids: vec![UserId {
                id: eui(IS),
                roles: vec![UserRole::ImportSupplier],
            }],
        }
    }

    fn judge(&self, file: &ReadFile) -> Verdict {
        let person = PersonRef {
            id: PersonId::parse("supplier-aro-1").unwrap(),
            name: "ARO 1".to_owned(),
        };
        let known = Known::Adt(KnownForAdt {
            sender: KnownSender {
                sender: Self::sender(),
                signers: vec![RegisteredSigner {
                    person,
                    subject: SUBJECT.to_owned(),
                    certificates: certificates(),
                }],
                refusals: Vec::new(),
                version: 0,
            },
            users: self.known.iter().cloned().collect(),
        });
        // As the page gets it.
        let known = serde_json::from_str(&serde_json::to_string(&known).unwrap()).unwrap();
        let at = JudgedAt::now(self.now);
        let verdict = judge(file, &known, &self.profile, at);
        assert_eq!(verdict, judge(file, &known, &self.profile, at), "pure");
        verdict
    }

    /// A file that was signed so many minutes ago: others may have been signed and accepted since.
    fn signed(&self, level: u64, minutes_ago: i64) -> ReadFile {
        let signing_time = self.now.plus(-Duration::minutes(minutes_ago));
        let text = format!(
            "{}\r\n{IS},7.2,P1D,{},{level},,\r\n",
            FileKind::Adt.header(),
            level / 2
        );
        let sender = Self::sender();
        let mut reader = FileReader::new(FileKind::Adt, &self.profile, &sender, self.now, 0);
        reader.push(text.as_bytes());
        let digest = |text: &str| FileDigest::new(Sha256::digest(text).into());
        ReadFile {
            reading: Some(reader.finish()),
            sha256: digest(&text),
            upload: None,
            signature: Some(Ok(FileSignature {
                subject: SUBJECT.to_owned(),
                certificate: CERTIFICATE,
                signing_time,
                attributes_sha256: digest(&signing_time.to_string()),
            })),
            submission: None,
            received_at: self.now,
        }
    }

    fn send(&mut self, level: u64, minutes_ago: i64) {
        let file = self.signed(level, minutes_ago);
        let verdict = self.judge(&file);
        match &verdict.changes {
            None => {}
            Some(_) if verdict.rules.is_empty() => self.apply(&file, &verdict, level, false),
            Some(_) => {
                let shown = Shown::from_verdict(&verdict);
                self.waiting.push(Waiting { file, level, shown });
            }
        }
    }

    /// A reviewer accepts what the queue shows of a file, or what it showed once; whether it took effect.
    fn review(&mut self, which: usize, looked: bool) -> bool {
        if self.waiting.is_empty() {
            return false;
        }
        let at = which % self.waiting.len();
        let verdict = self.judge(&self.waiting[at].file);
        let now = Shown::from_verdict(&verdict);
        if verdict.changes.is_none() {
            self.waiting.remove(at);
            return false;
        }
        if now.digest != self.waiting[at].shown.digest {
            // It goes back, with the new evidence; a reviewer who looks again may accept that.
            self.waiting[at].shown = now;
            return looked && self.review(at, false);
        }
        assert_eq!(now, self.waiting[at].shown, "one digest, one view");
        let Waiting { file, level, .. } = self.waiting.remove(at);
        self.apply(&file, &verdict, level, true);
        true
    }

    fn apply(&mut self, file: &ReadFile, verdict: &Verdict, level: u64, reviewed: bool) {
        let Some(Ok(signed_at)) = &file.signature else {
            panic!("a signed file")
        };
        let before = self.level();
        let shown = Shown::from_verdict(verdict);
        assert_eq!(shown.old, before, "what was judged is what is replaced");
        let Some(Changes::Adt(changes)) = &verdict.changes else {
            panic!("a lawful ADT file")
        };
        let origin = StatementOrigin {
            submission: submission(9),
            signed_at: signed_at.signing_time,
            accepted_at: self.now,
            reviewer: reviewed.then(|| PersonId::parse("reviewer-1").unwrap()),
            ..origin(0)
        };
        // Files of the queue were signed before others that came into force meanwhile, or they are no longer lawful.
        let in_force = changes[0].in_force(&origin).unwrap();
        self.known = Some(KnownThresholds {
            thresholds: in_force.thresholds,
            raises: in_force.raises,
            version: self.known.as_ref().map_or(1, |known| known.version + 1),
        });
        if reviewed && shown.raise {
            self.product = 1.0;
        } else if let Some(before) = before.filter(|before| level > *before) {
            #[expect(clippy::cast_precision_loss, reason = "levels are small here")]
            {
                self.product *= level as f64 / before as f64;
            }
        }
        assert!(
            self.product <= 2.0 + 1e-9,
            "unseen raises come to {}",
            self.product
        );
    }

    fn level(&self) -> Option<u64> {
        let known = self.known.as_ref()?;
        let in_force = known.thresholds.at(self.now);
        in_force.first().map(|level| level.limits.quarantine)
    }
}

impl Shown {
    fn from_verdict(verdict: &Verdict) -> Self {
        let comparison = verdict.evidence.comparisons.first();
        let row = comparison.and_then(|comparison| comparison.thresholds.first());
        Self {
            digest: verdict.digest(),
            old: row.and_then(|row| row.old).map(|old| old.quarantine),
            raise: !verdict.evidence.raises.is_empty(),
        }
    }
}

#[derive(Clone, Debug)]
enum Move {
    Send(u64, i64),
    Accept(usize, bool),
    Pass(i64),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        4 => (1..2_000_u64, 0..20_i64).prop_map(|(level, ago)| Move::Send(level, ago)),
        3 => (0..4_usize, any::<bool>()).prop_map(|(which, looked)| Move::Accept(which, looked)),
        1 => (1..200_i64).prop_map(Move::Pass),
    ];
    prop::collection::vec(one, 1..40)
}

proptest! {
    #[test]
    fn nothing_takes_effect_that_differs_from_what_was_seen(moves in moves()) {
        let mut service = Service::new();
        for one in moves {
            service.now = service.now.plus(Duration::minutes(1));
            match one {
                Move::Send(level, minutes_ago) => service.send(level, minutes_ago),
                Move::Accept(which, looked) => {
                    service.review(which, looked);
                }
                Move::Pass(hours) => service.now = service.now.plus(Duration::hours(hours)),
            }
        }
    }
}

#[test]
fn a_level_that_falls_while_a_raise_waits_changes_the_verdict() {
    let mut service = Service::new();
    service.now = hour(1);
    service.send(300, 0);
    let held = service.waiting[0].shown.clone();
    assert_eq!(held.old, Some(100));
    // A lowering that was signed before the raise, and arrives after it.
    service.send(20, 5);
    assert!(
        !service.review(0, false),
        "what was accepted is not what it is"
    );
    assert_eq!(service.waiting[0].shown.old, Some(20));
    assert_ne!(service.waiting[0].shown.digest, held.digest);
    assert_eq!(service.level(), Some(20));
    assert!(service.review(0, false), "and it can be accepted as it is");
}
