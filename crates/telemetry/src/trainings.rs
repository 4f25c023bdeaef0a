//! Trainings by name.

/// Maximum length of a name, bytes.
pub const MAX_TRAINING_NAME: usize = 64;

/// Maximum number of trainings; at the maximum the oldest that has ended makes space for a new one.
pub const MAX_TRAININGS: usize = 64;

/// Trainings by name, in the order in which they were opened. \[27\]
#[derive(Clone, Debug)]
pub struct Trainings<T> {
    trainings: Vec<(String, T)>,
}

/// A training that cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrainingError {
    /// A name that is not allowed.
    #[error(
        "invalid name of a training {0:?}: expected 1 to {MAX_TRAINING_NAME} letters, digits and . _ - that \
         do not begin with a dot"
    )]
    Name(String),
    /// A training of that name runs.
    #[error("the training {0:?} is open already; choose another name")]
    Taken(String),
    /// Too many trainings.
    #[error("{MAX_TRAININGS} trainings at most; end one first")]
    Full,
}

/// Checks the name of a training, which is also the name of a folder.
///
/// # Errors
/// If the name is not allowed.
pub fn check_name(name: &str) -> Result<(), TrainingError> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let is_valid = (1..=MAX_TRAINING_NAME).contains(&name.len())
        && !name.starts_with('.')
        && name.bytes().all(is_allowed);
    match is_valid {
        true => Ok(()),
        false => Err(TrainingError::Name(name.chars().take(80).collect())),
    }
}

impl<T> Default for Trainings<T> {
    fn default() -> Trainings<T> {
        let trainings = Vec::new();
        Trainings { trainings }
    }
}

impl<T> Trainings<T> {
    /// The training with a name.
    pub fn find(&self, name: &str) -> Option<&T> {
        let mut found = self.iter().filter(|(other, _)| *other == name);
        found.next().map(|(_, training)| training)
    }

    /// The training that was opened last.
    pub fn newest(&self) -> Option<&T> {
        self.trainings.last().map(|(_, training)| training)
    }

    /// All names and trainings, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        let trainings = self.trainings.iter();
        trainings.map(|(name, training)| (name.as_str(), training))
    }

    /// Checks that a training of this name can be added.
    ///
    /// # Errors
    /// If the name is not allowed, a training of that name has not ended, or there are too many.
    pub fn check(&self, name: &str, has_ended: impl Fn(&T) -> bool) -> Result<(), TrainingError> {
        check_name(name)?;
        match self.find(name) {
            Some(training) if has_ended(training) => Ok(()),
            Some(_) => Err(TrainingError::Taken(name.to_owned())),
            None if self.trainings.len() < MAX_TRAININGS => Ok(()),
            None if self.iter().any(|(_, training)| has_ended(training)) => Ok(()),
            None => Err(TrainingError::Full),
        }
    }

    /// Adds the newest training, and returns the one that it replaces: an ended one of the same name, or, if
    /// there are too many, the oldest that has ended.
    ///
    /// # Errors
    /// As [`Trainings::check`].
    pub fn add(
        &mut self,
        name: &str,
        training: T,
        has_ended: impl Fn(&T) -> bool,
    ) -> Result<Option<T>, TrainingError> {
        self.check(name, &has_ended)?;
        let same = self.trainings.iter().position(|(other, _)| other == name);
        let is_full = self.trainings.len() >= MAX_TRAININGS;
        let oldest = || self.trainings.iter().position(|(_, old)| has_ended(old));
        let replaced = same.or_else(|| oldest().filter(|_| is_full));
        let replaced = replaced.map(|index| self.trainings.remove(index).1);
        self.trainings.push((name.to_owned(), training));
        Ok(replaced)
    }
}
