//! Inviting somebody: what is missing, and one address asked for twice.

use axum::http::StatusCode;

use super::support::{Browser, house};

#[tokio::test]
async fn an_invitation_says_what_is_missing_and_keeps_what_was_typed() {
    let house = house().await;
    let mut admin = house.persona("system-administrator").await;
    let id = admin.get("/team/invite").await.field("id");
    let page = admin
        .post(
            "/team/invite",
            &[("id", &id), ("name", "Ola <Example>"), ("email", "ola"), ("roles", "KEY_WORKER")],
        )
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("Choose an organisation") && page.has("name@example.org"));
    assert_eq!(page.field("name"), "Ola &#60;Example&#62;");
    assert!(page.has("value=\"KEY_WORKER\" checked"), "{}", page.body);
    let org = page.body.split("<option value=\"").nth(2).unwrap().split('"').next().unwrap().to_owned();
    let taken = [
        ("id", id.as_str()),
        ("name", "Ola"),
        ("email", "senior-nurse@ashmere.example"),
        ("org", &org),
        ("roles", "GP"),
    ];
    let page = admin.post("/team/invite", &taken).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("has an account"));
}

/// More than there are connections, all with one address: one is invited, the others are told why not.
#[tokio::test(flavor = "multi_thread")]
async fn invitations_of_one_address_at_once_make_one_account_and_wait_for_nobody() {
    let house = house().await;
    let admin = house.persona("system-administrator").await;
    let invitations = (0..20).map(|_| {
        let mut admin = Browser { router: admin.router.clone(), cookies: admin.cookies.clone() };
        let spoa = house.demo.teams["spoa"].to_string();
        tokio::spawn(async move {
            let form = admin.get("/team/invite").await;
            let org =
                form.body.split("<option value=\"").nth(2).unwrap().split('"').next().unwrap().to_owned();
            let fields = [
                ("id", &*form.field("id")),
                ("name", "Ola Example"),
                ("email", "ola@ashmere.example"),
                ("org", &*org),
                ("roles", "SPOA_SENIOR"),
                ("teams", &*spoa),
            ];
            admin.post("/team/invite", &fields).await
        })
    });
    let (mut invited, mut told) = (0, 0);
    for page in invitations.collect::<Vec<_>>() {
        let page = tokio::time::timeout(std::time::Duration::from_secs(20), page).await.unwrap().unwrap();
        match page.status {
            StatusCode::OK => invited += 1,
            StatusCode::UNPROCESSABLE_ENTITY => {
                assert!(page.has("ola@ashmere.example") && page.has("has an account"), "{}", page.body);
                told += 1;
            }
            status => panic!("{status}: {}", page.body),
        }
    }
    assert_eq!((invited, told), (1, 19));
}
