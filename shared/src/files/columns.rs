//! The columns of the files: their names, their usual order and what people are told of them are here, and nowhere else.

/// A column in words, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnHelp {
    /// As a header has it.
    pub name: &'static str,
    /// How a value looks.
    pub form: &'static str,
    /// What a value means, or what it is held to.
    pub rule: &'static str,
}

/// A list of columns, in their usual order.
macro_rules! columns {
    ($(#[$doc:meta])* $kind:ident { $($(#[$note:meta])* $column:ident = $name:literal: $form:literal, $rule:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $kind {
            $($(#[$note])* $column,)*
        }

        impl $kind {
            /// All of them, in their usual order.
            pub const ALL: &'static [Self] = &[$(Self::$column),*];
            /// Their names, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($name),*];
            /// In words, in the same order.
            pub const HELP: &'static [ColumnHelp] =
                &[$(ColumnHelp { name: $name, form: $form, rule: $rule }),*];

            /// As a header has it.
            pub const fn name(self) -> &'static str {
                Self::NAMES[self as usize]
            }
        }

        impl From<$kind> for usize {
            /// The place in the usual order, from 0.
            fn from(column: $kind) -> Self {
                column as Self
            }
        }
    };
}

columns! {
    /// A column of the ADT file.
    AdtColumn {
        /// The User ID that a threshold is of.
        UserId = "UserID":
            "An EUI-64, such as 90-B3-D5-1F-30-01-00-00",
            "One of your organisation's User IDs";
        /// The service that it limits, or `ALL`.
        Service = "ServiceReferenceVariant":
            "Such as 7.2 or 6.15.1, or ALL for everything that the User ID sends",
            "A critical service that the User ID's role may send";
        /// The time in which commands are counted.
        Period = "Period":
            "PT1H, P1D or P7D",
            "The hour, the day, or the week from Monday 00:00, in UTC";
        /// From how many commands on the User is warned.
        Warning = "WarningThreshold":
            "A whole number, 0 or more",
            "Not above the quarantine threshold";
        /// Above how many commands they are quarantined.
        Quarantine = "QuarantineThreshold":
            "A whole number, 0 or more",
            "What comes above it in a period is held";
        /// From when it is in force; empty from acceptance on.
        From = "EffectiveFrom":
            "Such as 2026-11-03T14:05:00Z, or empty",
            "Empty: from acceptance. Not in the past";
        /// Until when an exception is in force; empty for a standing threshold.
        To = "EffectiveTo":
            "The same, or empty",
            "Empty: a standing threshold. Given: an exception, in force only up to that time";
    }
}

columns! {
    /// A column of the Exit Quarantine file.
    ExitColumn {
        /// The event that the communication is held in.
        Event = "QuarantineEventRef":
            "1 to 20 digits",
            "As the report has it. It is text: keep every digit";
        /// The held communication.
        Request = "RequestID":
            "ORIGINATOR:TARGET:COUNTER",
            "Held, not decided yet, and sent by one of your User IDs";
        /// What becomes of it.
        Action = "Action":
            "Release or Delete",
            "Leave out the rows that are to be kept held";
    }
}

columns! {
    /// A column of the Report File.
    ReportColumn {
        /// The event that the communication is held in.
        Event = "QuarantineEventRef":
            "1 to 20 digits",
            "One for each breach of a User ID. It is text: keep every digit";
        /// The held communication.
        Request = "RequestID":
            "ORIGINATOR:TARGET:COUNTER",
            "Each communication of an event once";
        /// Whose it is.
        UserId = "UserID":
            "An EUI-64, such as 90-B3-D5-1F-30-01-00-00",
            "The originator of the Request ID; the same in all rows of an event";
        /// What it asks for.
        Service = "ServiceReferenceVariant":
            "Such as 7.2 or 6.15.1",
            "A critical service";
        /// Why it is held.
        Breach = "Breach":
            "ADUserThresholdBreach, ADDCCThresholdBreach or ADAttributeLimitsBreach",
            "The DCC Alert that tells of it; the same in all rows of an event";
        /// Since when.
        QuarantinedAt = "QuarantinedAt":
            "Such as 2026-11-03T14:05:00Z",
            "Not in the future";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_has_the_place_and_the_name_of_its_line() {
        for (place, column) in AdtColumn::ALL.iter().enumerate() {
            assert_eq!(usize::from(*column), place);
        }
        assert_eq!(AdtColumn::Quarantine.name(), "QuarantineThreshold");
        assert_eq!(ExitColumn::Action.name(), "Action");
        assert_eq!(ReportColumn::Breach.name(), "Breach");
    }

    #[test]
    fn what_people_are_told_stands_under_the_name_of_its_column() {
        let told: Vec<&str> = ExitColumn::HELP.iter().map(|help| help.name).collect();
        assert_eq!(told, ExitColumn::NAMES);
        assert_eq!(AdtColumn::HELP[2].form, "PT1H, P1D or P7D");
    }
}
