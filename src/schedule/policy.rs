//! What happens where a run still goes on at the next due time, and where due times were missed.

/// What happens at a due time while an earlier run of the same schedule still goes on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Overlap {
    /// The due time is passed over.
    #[default]
    Skip,
    /// One due time waits for the run to end; further ones are passed over.
    QueueOne,
    /// Every due time waits its turn, up to [`Overlap::LONGEST_QUEUE`] of them.
    QueueAll,
    /// The earlier run is cancelled, and the new one begins when it has ended.
    CancelOther,
    /// Both go on.
    Allow,
}

impl Overlap {
    /// The most due times that wait, also of those that are made up for; further ones are passed over.
    pub const LONGEST_QUEUE: usize = 1_000;

    /// Every policy.
    pub const ALL: [Self; 5] =
        [Self::Skip, Self::QueueOne, Self::QueueAll, Self::CancelOther, Self::Allow];

    /// The word that scripts use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::QueueOne => "queue_one",
            Self::QueueAll => "queue_all",
            Self::CancelOther => "cancel_other",
            Self::Allow => "allow",
        }
    }

    /// The policy with this word; none where there is no such policy.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.as_str() == word)
    }
}

/// What happens to due times that nobody acted upon when they came: the program was not running, the
/// machine slept, or its clock was set forward.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Misfire {
    /// One run makes up for all of them, as that of the newest.
    #[default]
    Last,
    /// None of them is made up for.
    Skip,
    /// Each of them is run, the oldest first, one after the other.
    All {
        /// The most due times to run, the newest ones; older ones are dropped.
        max: usize,
    },
}

impl Misfire {
    /// The words that scripts use.
    pub const WORDS: [&'static str; 3] = ["last", "skip", "all"];
    /// How many due times [`Misfire::All`] runs unless told.
    pub const DEFAULT_MAX: usize = 24;
    /// The most due times that [`Misfire::All`] can be told to run.
    pub const HIGHEST_MAX: usize = 1_000;

    /// The word that scripts use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::Skip => "skip",
            Self::All { .. } => "all",
        }
    }
}
