//! The tables that are data: services and the default profile.
#![allow(clippy::unwrap_used)]

use sluice_shared::identifiers::{Srv, UserRole};
use sluice_shared::profile::Profile;
use sluice_shared::services::ServiceTable;
use sluice_shared::thresholds::Period;

fn required(role: UserRole) -> Vec<String> {
    ServiceTable::standard()
        .required_for(&[role])
        .iter()
        .map(|service| service.srv.to_string())
        .collect()
}

#[test]
fn the_table_has_129_services_of_which_37_are_critical() {
    let table = ServiceTable::standard();
    assert_eq!(table.iter().count(), 129);
    assert_eq!(table.iter().filter(|service| service.critical).count(), 37);
}

#[test]
fn each_role_needs_thresholds_for_what_it_may_send() {
    assert_eq!(required(UserRole::ImportSupplier).len(), 34);
    assert_eq!(required(UserRole::GasSupplier).len(), 21);
    assert_eq!(required(UserRole::ElectricityDistributor), ["6.15.1"]);
    assert_eq!(required(UserRole::GasTransporter), ["6.15.1"]);
    for role in [
        UserRole::ExportSupplier,
        UserRole::RegisteredSupplierAgent,
        UserRole::OtherUser,
    ] {
        assert!(required(role).is_empty());
    }
}

#[test]
fn enable_supply_is_critical_and_its_look_alike_is_not() {
    let get = |srv| {
        ServiceTable::standard()
            .get(&Srv::parse(srv).unwrap())
            .unwrap()
    };
    assert!(get("7.1").critical);
    assert!(!get("7.10").critical);
    assert_eq!(get("7.2").name, "Disable Supply");
}

#[test]
fn a_table_with_a_fault_says_on_which_line() {
    let error =
        ServiceTable::parse("srv,name,critical,eligible_roles\n7.1,Enable Supply,maybe,IS\n")
            .unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 2 of the service table: \"maybe\" is not yes or no"
    );
    let twice = "srv,name,critical,eligible_roles\n7.1,A,yes,IS\n7.1,B,yes,IS\n";
    assert!(
        ServiceTable::parse(twice)
            .unwrap_err()
            .to_string()
            .contains("twice")
    );
}

#[test]
fn the_default_profile_has_the_limits_that_the_guidance_gives() {
    let profile = Profile::standard();
    assert_eq!(profile.files.max_rows, 1_000_000);
    assert_eq!(
        (
            profile.risk.max_increase_factor,
            profile.risk.max_decrease_factor,
            profile.risk.allow_warning_at_quarantine
        ),
        (2, 10, false)
    );
    assert_eq!(
        (profile.risk.max_release, profile.risk.max_release_period),
        (10_000, Period::Day)
    );
    assert_eq!(
        (profile.risk.max_delete, profile.risk.max_delete_period),
        (1_000_000, Period::Day)
    );
    assert_eq!(
        (
            profile.quarantine.decision_hours,
            profile.quarantine.list_after_days
        ),
        (24, 30)
    );
}

#[test]
fn a_profile_with_a_slip_of_the_pen_is_refused() {
    let text = include_str!("../data/default-profile.toml");
    assert_eq!(&Profile::parse(text).unwrap(), Profile::standard());
    let error = Profile::parse(&text.replace("max-rows", "max-row")).unwrap_err();
    assert!(error.to_string().contains("max-row"), "{error}");
}
