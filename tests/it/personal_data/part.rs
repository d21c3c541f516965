//! One of several people has what they said erased; the others go on.

use huiyin::kernel::roles::Role;

use super::{found, grant};
use crate::{
    hotline::{call, code_of, number_of},
    support::{TestApp, engines},
};

#[tokio::test]
async fn what_one_of_two_said_goes_and_the_other_keeps_code_and_answer() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let (operator, office) = (t.staff(Role::HotlineOperator).await, t.staff(Role::Office).await);
        let first = call(&operator, &[("identity", "anonymous")]).await.expect(201);
        let number = number_of(&first);
        let words = [("body", "sentinelsecond 又一位家长"), ("attach", number.as_str())];
        let second = call(&operator, &words).await.expect(201);
        let (one, two) = (code_of(&first), code_of(&second));
        assert!(!found(&t, &["sentinelsecond"]).await.is_empty());
        let ask =
            [("tracking_code", two.as_str()), ("action", "erase"), ("erase_basis", "consent"), ("erase_sure", "1")];
        t.visitor().post("/track", &ask).await.expect(200);
        let other = t.visitor().post("/track", &[("tracking_code", &one)]).await.expect(200).text();
        assert!(!other.contains("正在等办公室决定"), "that somebody else asked is not theirs to know");
        assert!(office.get("/desk/erasures").await.expect(200).text().contains("这位来件人的内容"));
        grant(&office).await.expect(303);

        assert_eq!(found(&t, &["sentinelsecond", "13800138000"]).await, Vec::<String>::new());
        t.visitor().post("/track", &[("tracking_code", &two)]).await.expect(404);
        t.visitor().post("/track", &[("tracking_code", &one)]).await.expect(200);
        let page = office.get(&format!("/desk/cases/{number}")).await.expect(200).text();
        assert!(page.contains("堵得厉害") && !page.contains("sentinelsecond") && !page.contains("内容已删除"));
        assert!(office.get("/desk?q=堵得厉害").await.expect(200).text().contains(&number), "the first is still found");
        assert!(!office.get("/desk?q=sentinelsecond").await.expect(200).text().contains(&number));
        assert!(t.dump().await.contains("case.part_erased"));
        // The last one to go takes the case along.
        let ask =
            [("tracking_code", one.as_str()), ("action", "erase"), ("erase_basis", "purpose"), ("erase_sure", "1")];
        t.visitor().post("/track", &ask).await.expect(200);
        grant(&office).await.expect(303);
        let page = office.get(&format!("/desk/cases/{number}")).await.expect(200).text();
        assert!(page.contains("内容已删除"));
        assert_eq!(found(&t, &["堵得厉害"]).await, Vec::<String>::new());
    }
}
