//! `api` reads and writes for a caller with credentials that reach the items of the caller's organisation alone: a mistake in one of its
//! checks cannot show another's.
//!
//! Its own role reaches no table but for where a person belongs. For each organisation it takes on one role, the tenants', with a policy
//! that leaves of it what concerns that organisation.
mod credentials;
mod policy;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use aws_sdk_dynamodb::config::IdentityCache;
use sluice_shared::identifiers::OrganisationId;

pub use policy::session_policy;

use self::credentials::TenantCredentials;
use crate::Backend;

/// How many organisations' credentials are kept; beyond that all are forgotten, and asked for again.
const MOST: usize = 100;

/// What takes on the tenants' role.
#[derive(Debug, Clone)]
pub(crate) struct TenantRole {
    /// The role's ARN.
    pub(crate) role: String,
    /// Asks for credentials.
    pub(crate) sts: aws_sdk_sts::Client,
    /// The tables' client, with credentials to be replaced.
    pub(crate) dynamodb: aws_sdk_dynamodb::Client,
}

impl TenantRole {
    /// A client of the tables that reaches what is of this organisation alone.
    pub(crate) fn tables_of(&self, organisation: &OrganisationId) -> aws_sdk_dynamodb::Client {
        let credentials = TenantCredentials::new(&self.sts, &self.role, organisation);
        let config = self
            .dynamodb
            .config()
            .to_builder()
            .credentials_provider(credentials)
            // Of its own, so that what it keeps goes with it.
            .identity_cache(IdentityCache::lazy().build());
        aws_sdk_dynamodb::Client::from_conf(config.build())
    }
}

/// The backends of organisations, each with credentials of its own.
#[derive(Debug)]
pub(crate) struct Tenants {
    own: Arc<Backend>,
    open: Mutex<HashMap<OrganisationId, Arc<Backend>>>,
}

impl Tenants {
    pub(crate) fn new(own: Arc<Backend>) -> Self {
        Self {
            own,
            open: Mutex::default(),
        }
    }

    /// With the function's own credentials, for what concerns no organisation.
    pub(crate) fn own(&self) -> &Arc<Backend> {
        &self.own
    }

    /// With credentials for this organisation. Nothing is asked for before they are needed.
    pub(crate) fn backend_for(&self, organisation: &OrganisationId) -> Arc<Backend> {
        if self.own.tenancy.is_none() {
            return Arc::clone(&self.own);
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= MOST && !open.contains_key(organisation) {
            open.clear();
        }
        let backend = open.entry(organisation.clone());
        let backend = backend.or_insert_with(|| self.own.for_organisation(organisation));
        Arc::clone(backend)
    }
}
