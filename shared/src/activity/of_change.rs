use super::Act;
use crate::directory::{ChangeRecord, ChangeState, DirectoryChange};

/// What became of a change that was asked for.
pub const fn act_of_change(record: &ChangeRecord) -> Act {
    match (&record.state, &record.change) {
        (ChangeState::AwaitingApproval { .. }, _) => Act::ChangeAwaitsApproval,
        (ChangeState::Refused { .. }, _) => Act::ChangeRefused,
        (ChangeState::Made { .. }, DirectoryChange::RegisterCertificate { .. }) => {
            Act::CertificateRegistered
        }
        (ChangeState::Made { .. }, DirectoryChange::StopKey { .. }) => Act::KeyStopped,
        (ChangeState::Made { .. }, DirectoryChange::RegisterMachine { .. }) => {
            Act::SystemRegistered
        }
        (ChangeState::Made { .. }, DirectoryChange::StopMachine { .. }) => Act::SystemStopped,
        (ChangeState::Made { .. }, _) => Act::ChangeMade,
    }
}
