//! Everything that a handler needs, made once at start.
use std::sync::Arc;

use sluice_shared::{
    directory::Asker,
    identifiers::OrganisationId,
    signature::{Crls, TrustAnchors},
};

use crate::{
    clients::Clients,
    inbox::{Inbox, Presigner},
    metrics::Metric,
    noted_today::NotedToday,
    oidc::TokenVerifier,
    ports::Ports,
    queue::{DecisionsQueue, IntakeQueue, RequestsQueue},
    receipts::ReceiptKey,
    settings::{Settings, SettingsError},
    stores::{
        Activity, Announcements, Decisions, Directory, Quarantine, Requests, Reviewing,
        Submissions, Thresholds, Visits,
    },
    tenants::TenantRole,
    trust,
};

/// Stores, adapters and settings of a running function.
#[derive(Debug)]
pub struct Backend {
    /// Settings as they were read.
    pub settings: Arc<Settings>,
    /// The time, random bytes, steps.
    pub ports: Ports,
    /// Organisations and people.
    pub directory: Directory,
    /// The same, for what it says of a person whose organisation is not known: `api` asks that with its own credentials.
    pub people: Directory,
    /// What is announced of submissions, until their files arrive.
    pub announcements: Announcements,
    /// Submissions whose files have arrived.
    pub submissions: Submissions,
    /// Thresholds.
    pub thresholds: Thresholds,
    /// Quarantine events and decisions.
    pub quarantine: Quarantine,
    /// Reviewers' signed decisions.
    pub decisions: Decisions,
    /// Changes of the directory that are asked for.
    pub requests: Requests,
    /// Who did what.
    pub activity: Activity,
    /// Who has a submission in hand, what was asked about it, and answered.
    pub reviewing: Reviewing,
    /// On which day each person was here last.
    pub visits: Visits,
    /// Who is noted already today, by this instance.
    pub(crate) noted_today: Arc<NotedToday>,
    /// Signs addresses to upload to.
    pub uploads: Presigner,
    /// What was uploaded; only `intake` reads it.
    pub inbox: Option<Inbox>,
    /// Where `intake` tells itself to come back.
    pub queue: IntakeQueue,
    /// Where `review` tells `intake` of decisions.
    pub decisions_queue: DecisionsQueue,
    /// Where `api` and `review` tell `intake` of changes of the directory.
    pub requests_queue: RequestsQueue,
    /// Verifies access tokens.
    pub tokens: Arc<TokenVerifier>,
    /// What signers' certificates chain to.
    pub anchors: Arc<TrustAnchors>,
    /// What has been revoked.
    pub crls: Arc<Crls>,
    /// Signs receipts; only `intake` has a key.
    pub receipts: Option<ReceiptKey>,
    /// What the entrance of Users takes on for each organisation; without it, it does all with its own credentials.
    pub(crate) tenancy: Option<TenantRole>,
}

impl Backend {
    /// Puts the parts together; fails on settings that cannot be used. Whoever issues receipts verifies signatures, and does
    /// not start while an anchor has no revocation list.
    pub fn new(
        clients: &Clients,
        inbox: Option<Inbox>,
        settings: Settings,
        ports: Ports,
    ) -> Result<Arc<Self>, SettingsError> {
        let (anchors, crls) = trust::read_trust(&settings)?;
        let directory = Directory::new(&clients.dynamodb, &settings.tables.directory);
        Ok(Arc::new(Self {
            people: directory.clone(),
            directory,
            announcements: Announcements::new(&clients.dynamodb, &settings.tables.announcements),
            submissions: Submissions::new(&clients.dynamodb, &settings.tables.submissions),
            thresholds: Thresholds::new(&clients.dynamodb, &settings.tables.thresholds),
            quarantine: Quarantine::new(&clients.dynamodb, &settings.tables.quarantine),
            decisions: Decisions::new(&clients.dynamodb, &settings.tables.decisions),
            requests: Requests::new(&clients.dynamodb, &settings.tables),
            activity: Activity::new(
                &clients.dynamodb,
                &settings.tables.activity,
                settings.profile.activity.keep_years,
            ),
            reviewing: Reviewing::new(&clients.dynamodb, &settings.tables.reviewing),
            visits: Visits::new(&clients.dynamodb, &settings.tables),
            noted_today: Arc::default(),
            uploads: Presigner::new(&clients.s3, &settings.inbox_bucket),
            inbox,
            queue: IntakeQueue::new(clients.sqs.clone(), &settings.queue_url),
            decisions_queue: DecisionsQueue::new(
                clients.sqs.clone(),
                &settings.decisions_queue_url,
            ),
            requests_queue: RequestsQueue::new(clients.sqs.clone(), &settings.requests_queue_url),
            tokens: Arc::new(TokenVerifier::new(&settings.issuer, &settings.audience)),
            receipts: ReceiptKey::from_settings(&settings, &clients.kms)?,
            tenancy: settings.tenant_role.as_ref().map(|role| TenantRole {
                role: role.clone(),
                sts: clients.sts.clone(),
                dynamodb: clients.dynamodb.clone(),
            }),
            anchors: Arc::new(anchors),
            crls: Arc::new(crls),
            ports,
            settings: Arc::new(settings),
        }))
    }

    /// The same with credentials that reach what is of this organisation alone, and with nothing that only `intake` has; as it is, where there
    /// is no role to take on.
    pub fn for_organisation(self: &Arc<Self>, organisation: &OrganisationId) -> Arc<Self> {
        let Some(tenancy) = &self.tenancy else {
            return Arc::clone(self);
        };
        let (client, tables) = (&tenancy.tables_of(organisation), &self.settings.tables);
        Arc::new(Self {
            directory: Directory::new(client, &tables.directory),
            people: self.people.clone(),
            announcements: Announcements::new(client, &tables.announcements),
            submissions: Submissions::new(client, &tables.submissions),
            thresholds: Thresholds::new(client, &tables.thresholds),
            quarantine: Quarantine::new(client, &tables.quarantine),
            decisions: Decisions::new(client, &tables.decisions),
            requests: Requests::new(client, tables),
            activity: Activity::new(
                client,
                &tables.activity,
                self.settings.profile.activity.keep_years,
            ),
            reviewing: Reviewing::new(client, &tables.reviewing),
            visits: Visits::new(client, tables),
            noted_today: Arc::clone(&self.noted_today),
            uploads: self.uploads.clone(),
            inbox: None,
            queue: self.queue.clone(),
            decisions_queue: self.decisions_queue.clone(),
            requests_queue: self.requests_queue.clone(),
            tokens: Arc::clone(&self.tokens),
            anchors: Arc::clone(&self.anchors),
            crls: Arc::clone(&self.crls),
            receipts: None,
            tenancy: None,
            settings: Arc::clone(&self.settings),
            ports: self.ports.clone(),
        })
    }

    /// With all that any function has: for `intake`, and for a stack that runs them in one process.
    pub fn reading_uploads(
        clients: &Clients,
        settings: Settings,
        ports: Ports,
    ) -> Result<Arc<Self>, SettingsError> {
        let inbox = Inbox::new(clients.s3.client(), &settings.inbox_bucket);
        Self::new(clients, Some(inbox), settings, ports)
    }

    /// The backend of `api`: it has no client of S3, and a role to take on for each organisation.
    pub fn of_api() -> Result<Arc<Self>, SettingsError> {
        let settings = Settings::from_environment()?;
        settings.has_tenant_role()?;
        Self::answering(settings)
    }

    /// The backend of `review`, which has no client of S3 either.
    pub fn of_review() -> Result<Arc<Self>, SettingsError> {
        Self::answering(Settings::from_environment()?)
    }

    fn answering(settings: Settings) -> Result<Arc<Self>, SettingsError> {
        settings.has_edge_key()?;
        Self::new(
            &Clients::from_environment()?,
            None,
            settings,
            Ports::in_lambda(),
        )
    }

    /// The backend of the function `intake`.
    pub fn of_intake() -> Result<Arc<Self>, SettingsError> {
        let settings = Settings::from_environment()?;
        Self::reading_uploads(&Clients::from_environment()?, settings, Ports::in_lambda())
    }

    /// Counts or times something.
    pub(crate) fn meter(&self, metric: Metric) {
        (self.ports.meter)(metric, self.now());
    }

    /// Measures how long the revocation lists last. Where there is none, every anchor is trusted without one.
    pub(crate) fn meter_trust(&self) {
        if let Some(metric) = trust::hours_left(&self.crls, self.now()) {
            self.meter(metric);
        }
    }

    /// Notes that somebody is here today. That it cannot be noted keeps nobody from their work.
    pub(crate) async fn note_visit(&self, asker: &Asker) {
        let now = self.now();
        if self.noted_today.is_first(asker.id(), now)
            && let Err(error) = self
                .visits
                .note(asker.organisation(), asker.id(), now)
                .await
        {
            tracing::warn!(%error, "it was not noted that somebody is here");
        }
    }

    /// The time now.
    pub fn now(&self) -> sluice_shared::instant::UtcTime {
        (self.ports.clock)()
    }
}
