//! The columns of the files: their names and their usual order are here, and nowhere else.

/// A list of columns, in their usual order.
macro_rules! columns {
    ($(#[$doc:meta])* $kind:ident { $($(#[$note:meta])* $column:ident = $name:literal,)* }) => {
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
        UserId = "UserID",
        /// The service that it limits, or `ALL`.
        Service = "ServiceReferenceVariant",
        /// The time in which commands are counted.
        Period = "Period",
        /// From how many commands on the User is warned.
        Warning = "WarningThreshold",
        /// Above how many commands they are quarantined.
        Quarantine = "QuarantineThreshold",
        /// From when it is in force; empty from acceptance on.
        From = "EffectiveFrom",
        /// Until when an exception is in force; empty for a standing threshold.
        To = "EffectiveTo",
    }
}

columns! {
    /// A column of the Exit Quarantine file.
    ExitColumn {
        /// The event that the communication is held in.
        Event = "QuarantineEventRef",
        /// The held communication.
        Request = "RequestID",
        /// What becomes of it.
        Action = "Action",
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
    }
}
