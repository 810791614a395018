//! Whatever staff do and customers write, in whatever order: nobody who does not want messages is subscribed by it, or written to.

mod model;
mod run;
mod seen;
mod step;

use crate::shop::{Shop, phone};
use domain::{consent::ContactPoint, phone::E164};
use futures::{FutureExt, StreamExt, stream};
use model::Model;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use run::Run;
pub(crate) use seen::Seen;
use sqlx::PgPool;
use std::panic::AssertUnwindSafe;
use step::{Step, arrival, step};
use store::consent;

/// Each is of another shop, and begins with nothing.
const HISTORIES: usize = 2_000;
/// A few are long, for some faults need many steps.
const SHORT: std::ops::Range<usize> = 3..9;
const LONG: std::ops::Range<usize> = 30..60;
const AT_ONCE: usize = 4;
const PHONES: u16 = 6;

fn point(number: u16) -> ContactPoint {
    ContactPoint::sms(E164::new(&phone(number)).unwrap())
}

/// People come first, for nothing happens to nobody.
fn history() -> impl Strategy<Value = Vec<Step>> {
    let steps = prop_oneof![
        99 => prop::collection::vec(step(), SHORT),
        1 => prop::collection::vec(step(), LONG),
    ];
    (prop::collection::vec(arrival(), 1..3), steps).prop_map(|(first, then)| [first, then].concat())
}

/// What histories were about.
#[derive(Clone, Copy, Debug, Default)]
struct About {
    steps: usize,
    /// Steps after which somebody was known to want no messages.
    asked: usize,
    queued: usize,
    refused: usize,
}

async fn live_through(pool: &PgPool, steps: &[Step]) -> About {
    let shop = Shop::open(pool).await;
    let mut run = Run::new(&shop).await;
    let mut model = Model::default();
    let mut asked = 0;
    for (number, step) in (1..).zip(steps) {
        let before = run.take(step).await;
        model.check(number, step, &before, &run.seen);
        asked += usize::from(model.somebody_asked());
    }
    let mut tx = shop.store.read_moment(shop.owner.account).await.unwrap();
    let verified = consent::verify(&mut tx).await.unwrap();
    assert_eq!(verified.flaws, []);
    About {
        steps: steps.len(),
        asked,
        queued: run.queued,
        refused: run.refused,
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn nothing_but_a_new_start_subscribes_again(pool: PgPool) {
    let mut runner = TestRunner::deterministic();
    let histories: Vec<_> = (0..HISTORIES)
        .map(|_| history().new_tree(&mut runner).unwrap().current())
        .collect();
    let about = stream::iter(&histories)
        .map(|steps| {
            let life = AssertUnwindSafe(live_through(&pool, steps)).catch_unwind();
            life.map(move |about| about.unwrap_or_else(|_| panic!("it was: {steps:#?}")))
        })
        .buffer_unordered(AT_ONCE)
        .fold(About::default(), |all, one| async move {
            About {
                steps: all.steps + one.steps,
                asked: all.asked + one.asked,
                queued: all.queued + one.queued,
                refused: all.refused + one.refused,
            }
        })
        .await;
    assert!(
        about.asked > about.steps / 4,
        "they were about people who asked: {about:?}"
    );
    assert!(
        about.queued > HISTORIES / 4 && about.refused > HISTORIES / 20,
        "and about messages to them and to others: {about:?}"
    );
}
