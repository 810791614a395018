//! Where a person is on the way from a file to imported customers, and what may come next. Pure.

use domain::ids::ImportId;

/// Where the wizard stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The box waits for a file.
    #[default]
    Choose,
    /// The worker reads the file.
    Reading,
    /// What was found in the file is shown; **Create import** goes on.
    Found,
    /// Belongs to.
    Columns,
    /// Every row, with its problems.
    Rows,
    /// Rows are on their way to the server.
    Sending,
    /// The server says what the import would do.
    Review(ImportId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A file was dropped or chosen.
    Picked,
    Opened,
    /// The file cannot be read, or reading was cancelled.
    NotOpened,
    Created,
    ToColumns,
    ToRows,
    /// **Review** was pressed.
    Send,
    Sent(ImportId),
    /// Sending was cancelled or gave up; nothing of the work on the rows is lost.
    NotSent,
    Back,
    /// The worker is gone, and the open file with it.
    WorkerEnded,
    StartOver,
}

impl Stage {
    /// What follows. An event that makes no sense here changes nothing, such as an answer that arrives after Cancel.
    pub(crate) fn after(self, event: Event) -> Self {
        match (self, event) {
            (_, Event::StartOver)
            | (Self::Reading, Event::NotOpened)
            | (Self::Found, Event::Back) => Self::Choose,
            (_, Event::Picked) if self.takes_files() => Self::Reading,
            (Self::Reading, Event::Opened) | (Self::Columns, Event::Back) => Self::Found,
            // From Review, rows that are not as wished are changed where they were made.
            (Self::Found, Event::Created)
            | (Self::Rows | Self::Review(_), Event::ToColumns | Event::Back) => Self::Columns,
            (Self::Columns | Self::Review(_), Event::ToRows) | (Self::Sending, Event::NotSent) => {
                Self::Rows
            }
            (Self::Columns | Self::Rows | Self::Sending, Event::Send) => Self::Sending,
            (Self::Sending, Event::Sent(import)) => Self::Review(import),
            (_, Event::WorkerEnded) if self.needs_the_file() => Self::Choose,
            _ => self,
        }
    }

    /// What is on the server does not need the file any more.
    const fn needs_the_file(self) -> bool {
        !matches!(self, Self::Review(_))
    }

    pub(crate) const fn takes_files(self) -> bool {
        matches!(self, Self::Choose | Self::Found)
    }

    /// Closing the tab now would lose work that only this page has.
    pub(crate) const fn would_lose_work(self) -> bool {
        matches!(self, Self::Columns | Self::Rows | Self::Sending)
    }

    /// The number of the step in the line of steps, from 0.
    pub(crate) const fn step(self) -> usize {
        match self {
            Self::Choose | Self::Reading | Self::Found => 0,
            Self::Columns => 1,
            Self::Rows => 2,
            Self::Sending | Self::Review(_) => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::ImportId;

    fn import() -> ImportId {
        "01980000-0000-7000-8000-000000000001".parse().unwrap()
    }

    fn walk(events: &[Event]) -> Stage {
        events
            .iter()
            .fold(Stage::Choose, |stage, event| stage.after(*event))
    }

    const TO_COLUMNS: [Event; 3] = [Event::Picked, Event::Opened, Event::Created];

    #[test]
    fn the_straight_way_leads_from_the_file_to_review() {
        let stage = walk(
            &[
                &TO_COLUMNS[..],
                &[Event::ToRows, Event::Send, Event::Sent(import())],
            ]
            .concat(),
        );
        assert_eq!(stage, Stage::Review(import()));
    }

    #[test]
    fn review_can_be_reached_without_looking_at_the_rows() {
        assert_eq!(
            walk(&[&TO_COLUMNS[..], &[Event::Send]].concat()),
            Stage::Sending
        );
    }

    #[test]
    fn an_answer_that_comes_after_cancel_changes_nothing() {
        assert_eq!(
            walk(&[Event::Picked, Event::NotOpened, Event::Opened]),
            Stage::Choose
        );
        let cancelled = walk(
            &[
                &TO_COLUMNS[..],
                &[Event::Send, Event::NotSent, Event::Sent(import())],
            ]
            .concat(),
        );
        assert_eq!(cancelled, Stage::Rows);
    }

    #[test]
    fn stopped_sending_goes_back_to_the_rows_and_loses_nothing() {
        let stage = walk(
            &[
                &TO_COLUMNS[..],
                &[Event::ToRows, Event::Send, Event::NotSent],
            ]
            .concat(),
        );
        assert_eq!(stage, Stage::Rows);
        assert!(stage.would_lose_work());
    }

    #[test]
    fn a_dead_worker_asks_for_the_file_again_unless_the_server_has_everything() {
        assert_eq!(
            walk(&[&TO_COLUMNS[..], &[Event::WorkerEnded]].concat()),
            Stage::Choose
        );
        let sent = walk(
            &[
                &TO_COLUMNS[..],
                &[Event::Send, Event::Sent(import()), Event::WorkerEnded],
            ]
            .concat(),
        );
        assert_eq!(sent, Stage::Review(import()));
    }

    #[test]
    fn a_file_dropped_in_the_middle_of_the_work_does_not_replace_it() {
        let columns = walk(&TO_COLUMNS);
        assert_eq!(columns.after(Event::Picked), columns);
    }
}
