//! A rectification that was a mistake: who takes it back, and that it counts nowhere afterwards.

use super::*;

/// It is withdrawn as the page offers it now.
async fn withdraw(client: &Client<'_>, address: &str, reason: &str) -> Reply {
    let version = client.get(address).await.expect(200).input("version").unwrap_or_default();
    client.post(&format!("{address}/withdraw"), &[("version", &version), ("reason", reason)]).await
}

#[tokio::test]
async fn a_mistaken_one_is_withdrawn_stays_with_its_reason_and_counts_as_nothing() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let number = with_canteen(&t, "汤是凉的").await;
        let (wrong, right) = (made(&office, &number).await, made(&office, &number).await);
        let handler = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;

        // Who has it reports it done; only the office, or who made it, takes it back.
        assert!(!handler.get(&wrong).await.expect(200).text().contains("/withdraw"), "{engine:?}");
        withdraw(&handler, &wrong, "我不想做").await.expect(404);
        t.staff(Role::Leader).await.post(&format!("{wrong}/withdraw"), &[]).await.expect(404);
        t.signed_in(t.login(Role::Handler, Some("总务处")))
            .await
            .post(&format!("{wrong}/withdraw"), &[("version", "1"), ("reason", "不是我的")])
            .await
            .expect(404);
        let page = withdraw(&office, &wrong, " ").await.expect(422).text();
        assert!(page.contains("请写撤回的原因"), "{page}");
        let version = office.get(&wrong).await.input("version").unwrap();
        withdraw(&office, &wrong, "同一处下达了两次").await.expect(303);

        // It stays, with the reason; the case says so, and the department knows.
        let page = handler.get(&wrong).await.expect(200).text();
        for words in ["已撤回", "同一处下达了两次", "给三楼汤桶换保温盖", "1280.50 元"] {
            assert!(page.contains(words), "{words} on {engine:?}: {page}");
        }
        assert_eq!(photos(&page).len(), 1, "the photo is there");
        let case = office.get(&format!("/desk/cases/{number}")).await.expect(200).text();
        assert!(case.contains("撤回整改") && case.contains("同一处下达了两次"), "{case}");
        assert!(handler.get("/desk/notices").await.text().contains("撤回整改"), "{engine:?}");
        assert!(t.column("SELECT action FROM audit_log").await.contains(&"rectification.withdrawn".to_string()));

        // It is over: whoever saw an older page is told, and loses no word.
        report(&handler, &wrong, "换好了").await.expect(409);
        let form = [("version", version.as_str()), ("reason", "再撤一次，原因写在这里")];
        let page = office.post(&format!("{wrong}/withdraw"), &form).await.expect(409).text();
        assert!(page.contains("再撤一次，原因写在这里"), "{page}");
        assert_eq!(t.column("SELECT words FROM rectification_steps").await, ["同一处下达了两次"]);

        // It is neither due, nor late, nor paid for, nor drawn.
        t.clock.advance(TimeDelta::days(20));
        let office = t.staff(Role::Office).await;
        let handler = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        let list = office.get("/desk/rectifications").await.expect(200).text();
        let stats = list.split("class=\"stat-row\"").nth(1).unwrap().split("<form").next().unwrap();
        let stats: Vec<&str> = stats.split("<b>").skip(1).filter_map(|s| s.split('<').next()).collect();
        assert_eq!(stats, ["1", "1", "0", "0"], "due, late, reported, fixed on {engine:?}");
        assert!(list.contains("计划 1280.50 元") && list.contains("同一处下达了两次"), "{list}");
        let links = async |query: &str| {
            let page = office.get(&format!("/desk/rectifications?{query}")).await.expect(200).text();
            page.matches("href=\"/desk/rectifications/").count()
        };
        assert_eq!((links("overdue=1").await, links("state=withdrawn").await, links("").await), (1, 1, 2));
        report(&handler, &right, "换好了").await.expect(303);
        drawn(&office, "阿依古丽", "9").await;
        assert_eq!(waiting(&representative(&t, "aygul").await).await.len(), 1, "{engine:?}");
    }
}

#[tokio::test]
async fn nobody_looks_again_at_one_that_was_withdrawn_after_it_was_drawn() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let office = t.staff(Role::Office).await;
        let number = with_canteen(&t, "汤是凉的").await;
        let one = made(&office, &number).await;
        report(&office, &one, "换好了").await.expect(303);
        drawn(&office, "阿依古丽", "1").await;
        let aygul = representative(&t, "aygul").await;
        let look = waiting(&aygul).await.remove(0);
        withdraw(&office, &one, "写错了地方").await.expect(303);
        assert!(waiting(&aygul).await.is_empty(), "{engine:?}");
        let page = aygul.get(&look).await.expect(200).text();
        assert!(page.contains("已经撤回") && !page.contains("写错了地方"), "{page}");
        aygul.post(&look, &[("result", "not_fixed"), ("comment", "盖子是歪的")]).await.expect(409);
        let desk = office.get("/desk/representatives/rechecks").await.expect(200).text();
        assert!(desk.contains("已撤回") && !desk.contains("pill soft"), "nobody waits for it: {desk}");
        assert!(office.get(&one).await.text().contains("已撤回"));
    }
}

#[tokio::test]
async fn a_department_takes_back_what_it_made_itself() {
    for engine in engines() {
        let t = TestApp::on(engine).await;
        let number = with_canteen(&t, "汤是凉的").await;
        let handler = t.signed_in(t.login(Role::Handler, Some("食堂"))).await;
        let one = made(&handler, &number).await;
        withdraw(&handler, &one, "不用换了").await.expect(303);
        assert!(handler.get(&one).await.text().contains("不用换了"), "{engine:?}");
        assert!(t.staff(Role::Office).await.get("/desk/notices").await.text().contains("撤回整改"), "{engine:?}");
    }
}
