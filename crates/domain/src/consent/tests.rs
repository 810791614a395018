use super::*;
use crate::ids::{AccountId, PersonId};
use proptest::prelude::*;
use uuid::Uuid;

const ACCOUNT: AccountId = AccountId::new(Uuid::from_u128(1));

fn at(second: u64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000 + i64::try_from(second).unwrap(), 0).unwrap()
}

fn message(number: u64) -> ProviderMessageId {
    ProviderMessageId::delivered(&format!("SM{number}")).unwrap()
}

fn entered(kind: Kind, seq: u64, rev: u64) -> Event {
    let point = ContactPoint::sms(E164::new("+14185551234").unwrap());
    let staff = Source::Staff {
        person: PersonId::new(Uuid::from_u128(2)),
        screen: Screen::Profile,
    };
    let key = ErasureKey::new(&[7; 32]).contact(&point);
    let new = match kind {
        Kind::OptOut => NewEvent::opt_out(point, staff, at(seq)),
        Kind::Start => NewEvent::start(point, message(seq), at(seq)),
    };
    new.enter(key, seq, at(seq), rev)
}

/// Events of one contact point in the order in which they arrived; some in one rev.
fn ledger() -> impl Strategy<Value = Vec<Event>> {
    let kind = prop::sample::select(Kind::ALL);
    prop::collection::vec((kind, any::<bool>()), 0..12).prop_map(|drawn| {
        let mut rev = 1;
        let mut events = Vec::new();
        for (seq, (kind, later)) in (1..).zip(drawn) {
            rev += u64::from(later);
            events.push(entered(kind, seq, rev));
        }
        events
    })
}

fn status(events: &[Event]) -> Status {
    fold(events).map_or(Status::Implied, |state| state.status)
}

/// What the law of the ledger says, told in another way than the fold does.
fn expected(events: &[Event]) -> Status {
    let last = |kind| {
        events
            .iter()
            .filter(|e| e.kind == kind)
            .map(|e| e.rev)
            .max()
    };
    match (last(Kind::OptOut), last(Kind::Start)) {
        (Some(opt_out), start) if start.is_none_or(|start| start <= opt_out) => {
            Status::Unsubscribed
        }
        (Some(_), Some(_)) => Status::Express,
        _ if events.is_empty() => Status::Implied,
        _ => Status::Express,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn unsubscribed_is_who_opted_out_and_sent_no_start_in_a_later_rev(events in ledger()) {
        prop_assert_eq!(status(&events), expected(&events));
    }

    #[test]
    fn within_one_rev_the_order_does_not_matter(events in ledger()) {
        let mut other = events.clone();
        other.sort_by_key(|event| (event.rev, std::cmp::Reverse(event.seq)));
        prop_assert_eq!(status(&events), status(&other));
    }

    #[test]
    fn a_start_that_comes_before_an_opt_out_or_with_it_never_subscribes(mut events in ledger(), starts in 0..3u64) {
        let (seq, rev) = events.last().map_or((0, 0), |event| (event.seq, event.rev));
        events.push(entered(Kind::OptOut, seq + 1, rev + 1));
        for n in 2..2 + starts {
            events.push(entered(Kind::Start, seq + n, rev + 1));
        }
        prop_assert_eq!(status(&events), Status::Unsubscribed);
        events.push(entered(Kind::Start, seq + 9, rev + 2));
        prop_assert_eq!(status(&events), Status::Express);
    }

    #[test]
    fn an_event_that_comes_twice_changes_nothing_more(events in ledger(), which in any::<prop::sample::Index>()) {
        prop_assume!(!events.is_empty());
        let at = which.index(events.len());
        let mut twice = events.clone();
        twice.insert(at, events[at].clone());
        prop_assert_eq!(fold(&events), fold(&twice));
    }

    #[test]
    fn since_is_the_first_opt_out_of_those_that_stand(events in ledger()) {
        if let Some(state) = fold(&events).filter(|state| state.status == Status::Unsubscribed) {
            let before = usize::try_from(state.since_seq - 1).unwrap();
            prop_assert_eq!(events[before].kind, Kind::OptOut);
            prop_assert_ne!(status(&events[..before]), Status::Unsubscribed);
        }
    }

    #[test]
    fn a_changed_event_breaks_the_chain(events in ledger(), which in any::<prop::sample::Index>(), part in 0..6u8) {
        prop_assume!(!events.is_empty());
        let chain = |events: &[Event]| {
            events.iter().fold(None, |previous: Option<Hash>, event| Some(event.hash(ACCOUNT, previous.as_ref())))
        };
        let mut changed = events.clone();
        let event = &mut changed[which.index(events.len())];
        match part {
            0 => event.seq += 1,
            1 => event.rev += 1,
            2 => event.arrived_at += chrono::Duration::microseconds(1),
            3 => event.occurred_at += chrono::Duration::microseconds(1),
            4 => event.source = Source::Message { message: message(999) },
            _ => event.contact = ErasureKey::new(&[8; 32]).contact(&ContactPoint::sms(E164::new("+14185551234").unwrap())),
        }
        prop_assert_ne!(chain(&events), chain(&changed));
    }
}

#[test]
fn an_opt_out_in_the_same_rev_as_a_start_wins() {
    for kinds in [[Kind::OptOut, Kind::Start], [Kind::Start, Kind::OptOut]] {
        let events = [entered(kinds[0], 1, 5), entered(kinds[1], 2, 5)];
        assert_eq!(status(&events), Status::Unsubscribed);
    }
}

#[test]
fn the_hash_of_an_event_stays_what_it_is() {
    let event = entered(Kind::OptOut, 1, 1);
    assert_eq!(
        hex(&event.hash(ACCOUNT, None)),
        "5d17159ca953f0c7d4023038cb12e2518d6bdc6a4047ff8615b1316c1b58636f"
    );
}

#[test]
fn implied_consent_lasts_for_24_months() {
    let day = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    assert_eq!(
        implied_until(day("2024-02-29T12:00:00Z")),
        day("2026-02-28T12:00:00Z")
    );
}

#[test]
fn the_id_of_a_message_is_one_word() {
    for id in ["", "a b", "a\nb", "é", &"x".repeat(65)] {
        assert_eq!(ProviderMessageId::delivered(id), None, "{id}");
    }
}
