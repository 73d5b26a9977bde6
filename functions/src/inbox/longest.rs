use sluice_shared::profile::Profile;

/// The most bytes that an upload may have: those of a file, and those of a signature around it.
pub(crate) fn longest(profile: &Profile, in_signature: bool) -> u64 {
    let around = if in_signature {
        profile.signing.max_signature_bytes as u64
    } else {
        0
    };
    profile.files.max_file_bytes.saturating_add(around)
}
