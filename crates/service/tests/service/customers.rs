use crate::shop::{Shop, change, create, reasons, set, text};
use chrono::Duration;
use domain::{
    attribute::AttributeKind,
    error::Invalid,
    history::{HistoryEvent, Source},
    ids::{AttributeId, CustomerId},
    mutation::{Change, Intent, Problem, Reason, Status},
    permission::Role,
    query::{AttributeRule, CustomerQuery, Filter, Operator},
    slot::{Field, Slot},
    value::Value,
};
use service::{Clock, InvalidInput, ServiceError};
use sqlx::PgPool;

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_new_customer_is_normalised_and_shown_as_people_write(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let id = shop
        .add_customer(&[
            (Field::FirstName, " Émilie "),
            (Field::CellPhone, "(418) 555-1234"),
            (Field::Email, "E@Example.COM"),
        ])
        .await;
    let customer = shop.customer(id).await;
    assert_eq!(customer.values.text(Field::FirstName), "Émilie");
    assert_eq!(customer.values.text(Field::CellPhone), "+14185551234");
    assert_eq!(customer.values.text(Field::Email), "e@example.com");
    assert_eq!(customer.phones["+14185551234"], "(418) 555-1234");
    let page = shop
        .services
        .customers(&shop.owner, CustomerQuery::default())
        .await
        .unwrap();
    assert_eq!(
        (page.rows.len(), page.rows[0].cell_phone_shown.as_str()),
        (1, "(418) 555-1234")
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_new_customer_is_made_whole_or_not_at_all(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let holder = shop
        .add_customer(&[
            (Field::LastName, "Roy"),
            (Field::CellPhone, "4185551234"),
            (Field::Reference, "a-1"),
        ])
        .await;
    let id = CustomerId::new(shop.id());
    let values = [
        (Field::FirstName, "Luc"),
        (Field::CellPhone, "418 555 1234"),
        (Field::Reference, "A-1"),
        (Field::Email, "nobody"),
    ];
    let outcome = shop.push(&shop.owner, create(id, &values)).await;
    assert_eq!(outcome.status, Status::Rejected);
    let problem = |field, reason| Problem {
        slot: Some(Slot::Field(field)),
        reason,
    };
    assert_eq!(
        outcome.problems,
        [
            problem(
                Field::CellPhone,
                Reason::PhoneTaken {
                    customer: holder,
                    name: "Roy".to_owned()
                }
            ),
            problem(
                Field::Reference,
                Reason::ReferenceTaken {
                    customer: holder,
                    name: "Roy".to_owned()
                }
            ),
            problem(Field::Email, Reason::Invalid(Invalid::NotAnEmail)),
        ]
    );
    assert_eq!(shop.services.customer(&shop.owner, id).await.unwrap(), None);
    let nothing = shop
        .push(&shop.owner, create(id, &[(Field::FirstName, "  ")]))
        .await;
    assert_eq!(reasons(&nothing), [Reason::NothingGiven]);
    let taken = shop
        .push(&shop.owner, create(holder, &[(Field::FirstName, "Luc")]))
        .await;
    assert_eq!(reasons(&taken), [Reason::IdTaken]);
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn an_edit_is_applied_only_to_what_was_seen(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.hire(Role::Advisor, "Ana").await;
    let id = shop
        .add_customer(&[(Field::FirstName, "Luc"), (Field::City, "Laval")])
        .await;
    shop.clock.advance(Duration::minutes(5));
    let hers = shop
        .push(&ana, set(id, vec![change(Field::City, "Laval", "Lévis")]))
        .await;
    assert_eq!(hers.status, Status::Applied);
    let then = shop.clock.now();
    shop.clock.advance(Duration::minutes(5));

    let both = vec![
        change(Field::City, "Laval", "Québec"),
        change(Field::FirstName, "Luc", "Lucas"),
    ];
    let merged = shop.push(&shop.owner, set(id, both)).await;
    assert_eq!(merged.status, Status::Merged);
    let changed = Reason::Changed {
        mine: text("Québec"),
        theirs: text("Lévis"),
        by: Some("Ana".to_owned()),
        at: then,
    };
    assert_eq!(
        merged.problems,
        [Problem {
            slot: Some(Slot::Field(Field::City)),
            reason: changed.clone()
        }]
    );
    let alone = shop
        .push(
            &shop.owner,
            set(id, vec![change(Field::City, "Laval", "Québec")]),
        )
        .await;
    assert_eq!(
        (alone.status, reasons(&alone)),
        (Status::Conflict, vec![changed])
    );
    let same = shop
        .push(
            &shop.owner,
            set(id, vec![change(Field::City, "Laval", "Lévis")]),
        )
        .await;
    assert_eq!((same.status, reasons(&same)), (Status::Noop, vec![]));

    let values = shop.customer(id).await.values;
    assert_eq!(
        (values.text(Field::City), values.text(Field::FirstName)),
        ("Lévis", "Lucas")
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn of_two_edits_at_once_one_is_applied_and_the_other_sees_both_values(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let id = shop.add_customer(&[(Field::City, "Laval")]).await;
    let edit = |to: &str| shop.push(&shop.owner, set(id, vec![change(Field::City, "Laval", to)]));
    let (first, second) = tokio::join!(edit("Lévis"), edit("Québec"));
    let mut outcomes = [first, second];
    outcomes.sort_by_key(|outcome| outcome.status != Status::Applied);
    assert_eq!(
        outcomes.each_ref().map(|outcome| outcome.status),
        [Status::Applied, Status::Conflict]
    );
    let kept = shop.customer(id).await.values.text(Field::City).to_owned();
    match &reasons(&outcomes[1])[..] {
        [Reason::Changed { theirs, mine, .. }] => {
            assert_eq!(*theirs, text(&kept));
            assert_ne!(theirs, mine);
        }
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn values_are_compared_in_their_normal_form(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let id = shop
        .add_customer(&[(Field::CellPhone, "4185551234"), (Field::FirstName, "Luc")])
        .await;
    let outcome = shop
        .push(
            &shop.owner,
            set(
                id,
                vec![
                    change(Field::CellPhone, "(418) 555-1234", "418 555-1235"),
                    change(Field::FirstName, "Luc ", ""),
                ],
            ),
        )
        .await;
    assert_eq!(outcome.status, Status::Applied, "{:?}", outcome.problems);
    let customer = shop.customer(id).await;
    assert_eq!(customer.values.text(Field::CellPhone), "+14185551235");
    let last = shop
        .push(
            &shop.owner,
            set(id, vec![change(Field::CellPhone, "+14185551235", "")]),
        )
        .await;
    assert_eq!(
        reasons(&last),
        [Reason::NothingGiven],
        "a customer needs a value"
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_phone_or_reference_of_somebody_else_is_refused_with_whose_it_is(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop
        .add_customer(&[
            (Field::FirstName, "Ana"),
            (Field::CellPhone, "4185551234"),
            (Field::Reference, "É1"),
        ])
        .await;
    let id = shop
        .add_customer(&[(Field::FirstName, "Luc"), (Field::CellPhone, "4185550000")])
        .await;
    let outcome = shop
        .push(
            &shop.owner,
            set(
                id,
                vec![
                    change(Field::CellPhone, "4185550000", "418-555-1234"),
                    change(Field::Reference, "", "é1"),
                    change(Field::City, "", "Laval"),
                ],
            ),
        )
        .await;
    assert_eq!(outcome.status, Status::Merged);
    assert_eq!(
        reasons(&outcome),
        [
            Reason::PhoneTaken {
                customer: ana,
                name: "Ana".to_owned()
            },
            Reason::ReferenceTaken {
                customer: ana,
                name: "Ana".to_owned()
            },
        ]
    );
    let values = shop.customer(id).await.values;
    assert_eq!(
        (values.text(Field::CellPhone), values.text(Field::City)),
        ("+14185550000", "Laval")
    );
    let own = shop
        .push(
            &shop.owner,
            set(ana, vec![change(Field::Reference, "É1", "é1")]),
        )
        .await;
    assert_eq!(
        own.status,
        Status::Applied,
        "one's own reference may change its case"
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn attribute_values_of_every_type_are_kept_and_checked(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let [text_, texts, date, number] = [
        shop.add_attribute("Véhicule", AttributeKind::Text).await,
        shop.add_attribute("Travaux", AttributeKind::Texts).await,
        shop.add_attribute("Garantie", AttributeKind::Date).await,
        shop.add_attribute("Km", AttributeKind::Number).await,
    ]
    .map(Slot::Attribute);
    let id = shop.add_customer(&[(Field::FirstName, "Luc")]).await;
    let given = [
        (text_, Value::Text("Civic".to_owned())),
        (
            texts,
            Value::Texts(vec!["pneus".to_owned(), "huile".to_owned()]),
        ),
        (date, Value::Date("2024-02-29".parse().unwrap())),
        (number, Value::Number("12500.50".parse().unwrap())),
    ];
    let changes = given.clone().map(|(slot, value)| Change {
        slot,
        from: None,
        to: Some(value),
    });
    shop.apply(set(id, changes.to_vec())).await;
    let values = shop.customer(id).await.values;
    for (slot, value) in &given {
        assert_eq!(values.get(*slot), Some(value));
    }
    let wrong = Change {
        slot: number,
        from: Some(given[3].1.clone()),
        to: text("many"),
    };
    let unknown = Change {
        slot: Slot::Attribute(AttributeId::new(shop.id())),
        from: None,
        to: text("x"),
    };
    let outcome = shop.push(&shop.owner, set(id, vec![wrong, unknown])).await;
    assert_eq!(outcome.status, Status::Rejected);
    assert_eq!(
        reasons(&outcome),
        [
            Reason::Invalid(Invalid::WrongType),
            Reason::UnknownAttribute
        ]
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn the_history_says_who_changed_what_from_what_and_who_made_the_customer(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let ana = shop.hire(Role::Advisor, "Ana").await;
    let id = shop.add_customer(&[(Field::FirstName, "Luc")]).await;
    let mut city = String::new();
    for number in 0..150 {
        let to = format!("City {number}");
        let outcome = shop
            .push(&ana, set(id, vec![change(Field::City, &city, &to)]))
            .await;
        assert_eq!(outcome.status, Status::Applied);
        city = to;
    }
    let first = shop.services.history(&shop.owner, id, None).await.unwrap();
    assert_eq!(first.rows.len(), 100);
    assert_eq!(first.rows[0].by.as_deref(), Some("Ana"));
    assert_eq!(first.rows[0].source, Source::Staff);
    let newest = HistoryEvent::Changed {
        slot: Slot::Field(Field::City),
        from: text("City 148"),
        to: text("City 149"),
    };
    assert_eq!(first.rows[0].event, newest);
    let rest = shop
        .services
        .history(&shop.owner, id, first.next)
        .await
        .unwrap();
    assert_eq!((rest.rows.len(), rest.next), (51, None));
    let made = rest.rows.last().unwrap();
    assert_eq!(
        (made.by.as_deref(), &made.event),
        (Some("Dominique Bélanger"), &HistoryEvent::Created)
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_profile_that_changed_after_it_was_seen_is_not_deleted(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let id = shop.add_customer(&[(Field::FirstName, "Luc")]).await;
    let seen_rev = shop.customer(id).await.rev;
    shop.apply(set(id, vec![change(Field::City, "", "Laval")]))
        .await;
    let late = shop
        .push(
            &shop.owner,
            Intent::DeleteCustomer {
                customer: id,
                seen_rev,
            },
        )
        .await;
    assert_eq!(
        (late.status, reasons(&late)),
        (Status::Conflict, vec![Reason::ChangedSince])
    );
    let seen_rev = shop.customer(id).await.rev;
    shop.apply(Intent::DeleteCustomer {
        customer: id,
        seen_rev,
    })
    .await;
    let again = shop
        .push(
            &shop.owner,
            Intent::DeleteCustomer {
                customer: id,
                seen_rev,
            },
        )
        .await;
    assert_eq!(again.status, Status::Noop);
    let edit = shop
        .push(
            &shop.owner,
            set(id, vec![change(Field::City, "Laval", "Lévis")]),
        )
        .await;
    assert_eq!(reasons(&edit), [Reason::CustomerGone]);
    let remade = shop
        .push(&shop.owner, create(id, &[(Field::FirstName, "Luc")]))
        .await;
    assert_eq!(reasons(&remade), [Reason::IdTaken]);
    let never = Intent::DeleteCustomer {
        customer: CustomerId::new(shop.id()),
        seen_rev,
    };
    assert_eq!(
        reasons(&shop.push(&shop.owner, never).await),
        [Reason::CustomerGone]
    );
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn a_rule_that_does_not_fit_its_attribute_is_refused(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    let attribute = shop.add_attribute("Km", AttributeKind::Number).await;
    let ask = |attribute, operator, value| {
        let filter = Filter::Attribute(AttributeRule {
            attribute,
            operator,
            value,
        });
        shop.services.customers(
            &shop.owner,
            CustomerQuery {
                filter,
                ..CustomerQuery::default()
            },
        )
    };
    assert!(
        ask(
            attribute,
            Operator::Greater,
            Some(Value::Number("1".parse().unwrap()))
        )
        .await
        .is_ok()
    );
    for (attribute, operator, value) in [
        (attribute, Operator::Greater, text("1")),
        (attribute, Operator::Is, None),
        (attribute, Operator::Contains, text("1")),
        (AttributeId::new(shop.id()), Operator::IsEmpty, None),
    ] {
        let refused = ask(attribute, operator, value).await.unwrap_err();
        assert!(
            matches!(refused, ServiceError::Invalid(InvalidInput::Rule)),
            "{refused}"
        );
    }
}

#[sqlx::test(migrator = "store::MIGRATOR")]
async fn no_text_of_a_question_makes_the_database_fail(pool: PgPool) {
    let shop = Shop::open(&pool).await;
    shop.add_customer(&[(Field::FirstName, "Ana")]).await;
    let attribute = shop.add_attribute("Car", AttributeKind::Text).await;
    let ask = async |query: CustomerQuery| {
        shop.services
            .customers(&shop.owner, query)
            .await
            .map(|page| page.rows.len())
    };
    let of = |text: &str| CustomerQuery {
        text: text.to_owned(),
        ..CustomerQuery::default()
    };
    assert_eq!(ask(of("a\0na")).await.unwrap(), 1);
    assert_eq!(ask(of(&"ana ".repeat(1_000_000))).await.unwrap(), 0);
    let rule = |value: &str| CustomerQuery {
        filter: Filter::Attribute(AttributeRule {
            attribute,
            operator: Operator::Contains,
            value: text(value),
        }),
        ..CustomerQuery::default()
    };
    for value in ["a\0", &"a".repeat(40_000)] {
        assert!(matches!(
            ask(rule(value)).await,
            Err(ServiceError::Invalid(InvalidInput::Rule))
        ));
    }
    let id = shop.id();
    let after = CustomerQuery {
        after: Some(format!(
            r#"{{"sort":"name","descending":false,"value":"a\u0000","id":"{id}"}}"#
        )),
        ..CustomerQuery::default()
    };
    assert!(matches!(
        ask(after).await,
        Err(ServiceError::Invalid(InvalidInput::Cursor))
    ));
    let country = domain::account::Country::CANADA;
    for zone in ["America/\0Toronto", &"x".repeat(1_000_000)] {
        let made = shop
            .services
            .create_account(&shop.owner, "Shop".to_owned(), country, zone.to_owned())
            .await;
        assert!(matches!(
            made,
            Err(ServiceError::Invalid(InvalidInput::TimeZone))
        ));
    }
}
