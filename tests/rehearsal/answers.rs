//! What a script gets for a write that was not made.

use serde_json::json;

use super::*;

#[test]
fn a_new_contact_has_what_the_api_adds() {
    let account = Account::start();
    let lua = "local site = cliengo.sites.list()[1].id
               local c = cliengo.contacts.create{ websiteId = site, name = 'Ana' }
               return { c.name, #c.id, string.sub(c.id, 1, 4), c.status, c.websiteId == site,
                        c.creationDate > cliengo.now('-1h'), c.lastUpdateDate ~= nil, c.tags }";
    let rhai = r#"let site = cliengo.sites.list()[0].id;
                  let c = cliengo.contacts.create(#{ websiteId: site, name: "Ana" });
                  [c.name, c.id.len(), c.id.sub_string(0, 4), c.status, c.websiteId == site,
                   c.creationDate > cliengo.now("-1h"), c.lastUpdateDate != (), c.tags]"#;
    let expected = json!(["Ana", 24, "d0d0", "NEW", true, true, true, []]);
    assert_eq!(both(&account, lua, rhai), expected);
}

#[test]
fn a_change_gives_the_real_contact_with_the_changes() {
    let account = Account::start();
    let lua = "local c = cliengo.contacts.find{}
               local changed = cliengo.contacts.update(c.id, { rating = 4, note = 'called' })
               local again = cliengo.contacts.set_status(c.id, 'CLIENT')
               return { changed.rating, changed.name == c.name, changed.phone == c.phone,
                        changed.notes[#changed.notes].message, again.rating, again.status,
                        cliengo.contacts.get(c.id).rating, cliengo.contacts.find{}.rating == c.rating }";
    let rhai = r#"let c = cliengo.contacts.find(#{});
                  let changed = cliengo.contacts.update(c.id, #{ rating: 4, note: "called" });
                  let again = cliengo.contacts.set_status(c.id, "CLIENT");
                  [changed.rating, changed.name == c.name, changed.phone == c.phone,
                   changed.notes[changed.notes.len() - 1].message, again.rating, again.status,
                   cliengo.contacts.get(c.id).rating, cliengo.contacts.find(#{}).rating == c.rating]"#;
    let expected = json!([4, true, true, "called", 4, "CLIENT", 4, true]);
    assert_eq!(both(&account, lua, rhai), expected);
}

#[test]
fn what_hangs_on_a_contact_is_answered() {
    let account = Account::start();
    let lua = "local id = cliengo.contacts.find{}.id
               local tagged = cliengo.contacts.add_tag(id, 'vip')
               return { tagged.id == id, tagged.tags[#tagged.tags],
                        cliengo.contacts.add_note(id, 'late').message,
                        cliengo.contacts.add_message(id, 'Hola').message,
                        cliengo.contacts.delete(id) }";
    let rhai = r#"let id = cliengo.contacts.find(#{}).id;
                  let tagged = cliengo.contacts.add_tag(id, "vip");
                  [tagged.id == id, tagged.tags[tagged.tags.len() - 1],
                   cliengo.contacts.add_note(id, "late").message,
                   cliengo.contacts.add_message(id, "Hola").message,
                   cliengo.contacts.delete(id)]"#;
    assert_eq!(both(&account, lua, rhai), json!([true, "vip", "late", "Hola", true]));
}

#[test]
fn a_contact_of_the_rehearsal_can_be_changed_and_deleted_in_it() {
    let account = Account::start();
    let lua = "local site = cliengo.sites.list()[1].id
               local made = cliengo.contacts.upsert('email', {
                   websiteId = site, email = 'a@example.com', rating = 3 })
               local changed = cliengo.contacts.update(made.id, { name = 'Ana' })
               cliengo.contacts.delete(made.id)
               local ok, problem = pcall(cliengo.contacts.update, made.id, { name = 'Leo' })
               return { made.rating, changed.rating, changed.name, problem.kind, problem.status }";
    let rhai = r#"let site = cliengo.sites.list()[0].id;
                  let made = cliengo.contacts.upsert("email", #{
                      websiteId: site, email: "a@example.com", rating: 3 });
                  let changed = cliengo.contacts.update(made.id, #{ name: "Ana" });
                  cliengo.contacts.delete(made.id);
                  let problem = ();
                  try { cliengo.contacts.update(made.id, #{ name: "Leo" }); }
                  catch (error) { problem = error; }
                  [made.rating, changed.rating, changed.name, problem.kind, problem.status]"#;
    assert_eq!(both(&account, lua, rhai), json!([3, 3, "Ana", "not_found", 404]));
}

#[test]
fn a_write_to_a_contact_that_is_not_there_fails_as_in_earnest() {
    let account = Account::start();
    let missing = "000000000000000000000000";
    for call in [
        format!("update('{missing}', {{ rating = 5 }})"),
        format!("delete('{missing}')"),
        format!("set_status('{missing}', 'CLIENT')"),
        format!("add_tag('{missing}', 'vip')"),
        format!("add_note('{missing}', 'late')"),
    ] {
        let code = format!("cliengo.contacts.{call}");
        let context = dry(&account).build();
        let rehearsed = evaluate(&context, Language::Lua, &code).unwrap_err();
        assert!(context.journal().rehearsed().is_empty());
        only_reads(&account);
        let earnest = Account::start();
        let context = dry(&earnest).dry_run(false).build();
        let real = evaluate(&context, Language::Lua, &code).unwrap_err();
        assert_eq!(rehearsed.error, real.error, "{call}");
    }
}

#[test]
fn arguments_are_checked_as_in_earnest() {
    let account = Account::start();
    let context = dry(&account).build();
    let code = "cliengo.contacts.update('1', { nmae = 'Ana' })";
    let failure = evaluate(&context, Language::Lua, code).unwrap_err();
    assert_eq!(failure.error.hint.as_deref(), Some("did you mean \"name\"?"));
}

#[test]
fn any_other_call_is_answered_with_an_empty_object() {
    let account = Account::start();
    let lua =
        "local answer = cliengo.call{ method = 'POST', path = '/campaigns', body = { a = 1 } }
               cliengo.account.get()
               return { answer.status, answer.body }";
    let rhai = r#"let answer = cliengo.call(#{ method: "POST", path: "/campaigns", body: #{ a: 1 } });
                  cliengo.account.get();
                  [answer.status, answer.body]"#;
    assert_eq!(both(&account, lua, rhai), json!([200, {}]));
}

#[test]
fn many_have_an_outcome_each() {
    let account = Account::start();
    let lua = "local id = cliengo.contacts.find{}.id
               local results = cliengo.contacts.delete_many({ id, id, 'nobody' }, { concurrency = 1 })
               return { results[1].value, results[2].error.kind, results[3].error.kind }";
    let rhai = r#"let id = cliengo.contacts.find(#{}).id;
                  let results =
                      cliengo.contacts.delete_many([id, id, "nobody"], #{ concurrency: 1 });
                  [results[0].value, results[1].error.kind, results[2].error.kind]"#;
    assert_eq!(both(&account, lua, rhai), json!([true, "not_found", "not_found"]));
}

#[test]
fn an_upsert_finds_what_the_rehearsal_created() {
    let account = Account::start();
    let lua = "local fields = { websiteId = cliengo.sites.list()[1].id, email = 'a@example.com' }
               local made = cliengo.contacts.upsert('email', fields)
               local same = cliengo.contacts.upsert({ email = 'A@example.com' }, { rating = 5 })
               cliengo.contacts.delete(made.id)
               local new = cliengo.contacts.upsert('email', fields)
               return { same.id == made.id, same.rating, new.id == made.id }";
    let rhai = r#"let fields = #{ websiteId: cliengo.sites.list()[0].id, email: "a@example.com" };
                  let made = cliengo.contacts.upsert("email", fields);
                  let same = cliengo.contacts.upsert(#{ email: "A@example.com" }, #{ rating: 5 });
                  cliengo.contacts.delete(made.id);
                  let new_one = cliengo.contacts.upsert("email", fields);
                  [same.id == made.id, same.rating, new_one.id == made.id]"#;
    assert_eq!(both(&account, lua, rhai), json!([true, 5, false]));
}

#[test]
fn a_call_with_more_slashes_than_needed_is_about_the_same_contact() {
    let account = Account::with_oddities();
    let lua = "local id = cliengo.contacts.list{ limit = 1 }[1].id
               local function call(method, path, body)
                   return cliengo.call{ method = method, path = path, body = body }.body
               end
               call('PATCH', '/contacts/' .. id .. '/', { name = 'NEW' })
               local new = call('GET', '/contacts//' .. id .. '/').name
               call('DELETE', '/contacts/' .. id .. '/')
               local there, gone = pcall(cliengo.contacts.get, id)
               return { new, there, gone.kind }";
    let given = evaluate(&dry(&account).build(), Language::Lua, lua).unwrap();
    assert_eq!(given, json!(["NEW", false, "not_found"]));
    only_reads(&account);
}
