//! What outlives a run stays as it was.

use cliengo::api::Steps;
use cliengo::engine::load;
use cliengo::runtime::{State, one_cycle};
use cliengo::store::MemoryStore;
use serde_json::json;

use super::*;

#[test]
fn a_step_is_done_in_the_rehearsal_and_again_in_earnest() {
    let account = Account::start();
    let steps = Arc::new(MemorySteps::default());
    let context = || dry(&account).steps(Arc::clone(&steps) as Arc<dyn Steps>);
    let code = "local calls = 0
                local function step() calls += 1 return 'sent' end
                cliengo.once('greet', step)
                return { cliengo.once('greet', step), calls }";
    for dry_run in [true, true, false] {
        let context = context().dry_run(dry_run).build();
        assert_eq!(evaluate(&context, Language::Lua, code).unwrap(), json!(["sent", 1]));
        assert_eq!(steps.done("greet").unwrap().is_some(), !dry_run);
    }
    // What was done in earnest is known to a rehearsal.
    let result = evaluate(&context().build(), Language::Lua, code).unwrap();
    assert_eq!(result, json!(["sent", 0]));
}

#[test]
fn a_create_that_names_itself_is_made_in_earnest_after_a_rehearsal() {
    let account = Account::start();
    let steps = Arc::new(MemorySteps::default());
    let code = "local site = cliengo.sites.list()[1].id
                local fields = { websiteId = site, email = 'ana@example.com' }
                local one = cliengo.contacts.create(fields, { once = 'ana' })
                local same = cliengo.contacts.create(fields, { once = 'ana' })
                return { string.sub(one.id, 1, 4) == 'd0d0', one.id == same.id }";
    for (dry_run, expected) in [(true, json!([true, true])), (false, json!([false, true]))] {
        let steps = Arc::clone(&steps) as Arc<dyn Steps>;
        let context = dry(&account).steps(steps).dry_run(dry_run).build();
        assert_eq!(evaluate(&context, Language::Lua, code).unwrap(), expected);
        if dry_run {
            only_reads(&account);
        }
    }
}

#[test]
fn the_place_of_a_walk_stays_where_it_was() {
    let (account, folder) = (Account::start(), tempfile::tempdir().unwrap());
    let code = |most: u32| {
        format!(
            "local n = 0
             for contact in cliengo.contacts.each{{ checkpoint = 'all' }} do
                 n += 1
                 if n == {most} then error('cut off') end
             end
             return n"
        )
    };
    let walk = |dry_run: bool, most: u32| {
        let context = dry(&account).dry_run(dry_run).state_folder(folder.path()).build();
        evaluate(&context, Language::Lua, &code(most))
            .map_err(|failure| failure.error.message.clone())
    };
    assert!(walk(true, 60).unwrap_err().contains("cut off"));
    assert_eq!(walk(true, 1_000).unwrap(), 120);
    assert!(walk(false, 60).unwrap_err().contains("cut off"));
    // From the place of the walk in earnest, each time.
    let rest = walk(true, 1_000).unwrap();
    assert!(rest.as_u64().unwrap() < 120, "{rest}");
    assert_eq!(walk(true, 1_000).unwrap(), rest);
    assert_eq!(walk(false, 1_000).unwrap(), rest);
    assert_eq!(walk(false, 1_000).unwrap(), 120);
}

#[test]
fn what_the_client_knows_of_contacts_is_not_touched() {
    let account = Account::start();
    let context = dry(&account).build();
    let earnest = context.derive().dry_run(false).build();
    let upsert = |context: &Arc<Context>, phone: &str| {
        let code = format!(
            "local site = cliengo.sites.list()[1].id
             return cliengo.contacts.upsert('phone', {{ websiteId = site, phone = '{phone}' }}).id"
        );
        evaluate(context, Language::Lua, &code).unwrap()
    };
    // From here on the client knows where each phone number is found.
    let ana = upsert(&earnest, "+54 11 5555");
    let delete = format!("cliengo.contacts.delete({ana})");
    evaluate(&context, Language::Lua, &delete).unwrap();
    let invented = upsert(&context, "+54 11 6666");
    assert_eq!(upsert(&earnest, "+54 11 5555"), ana);
    assert_ne!(upsert(&earnest, "+54 11 6666"), invented);
    let wrong = invented.as_str().unwrap().to_owned();
    assert!(!account.calls().iter().any(|call| call.contains(&wrong)));
}

#[test]
fn a_watch_of_a_rehearsal_takes_no_events_from_the_run_in_earnest() {
    let account = Account::start();
    let state = State::of_store(Arc::new(MemoryStore::default()));
    let code = "cliengo.watch.new_contacts({ id = 'leads', from = 'beginning' }, function() end)";
    let source = Source { expression: false, ..Source::from_code(code, Language::Lua) };
    for (dry_run, handled) in [(true, 0), (false, 100)] {
        let heard = Arc::new(Heard::default());
        let context = dry(&account).sink(Arc::clone(&heard) as Arc<dyn Sink>).dry_run(dry_run);
        let context = context.build();
        let loaded = load(&source, &context, Limits::default(), Executor::own());
        let mut script = loaded.unwrap().0;
        let report = one_cycle(&mut script, &source, &context, &state).unwrap();
        assert_eq!(report.watches[0].handled, handled);
        let told: &[&str] = if dry_run { &["would make a cycle of the watch leads"] } else { &[] };
        assert_eq!(heard.lines(), told);
    }
}

#[test]
fn what_a_rehearsal_keeps_is_no_more_than_the_script_may_have() {
    let account = Account::start();
    let lua = "local site, text = cliengo.sites.list()[1].id, string.rep('x', 100000)
               for n = 1, 200 do cliengo.contacts.create{ websiteId = site, message = text } end";
    let rhai = "let site = cliengo.sites.list()[0].id; let text = \"\"; text.pad(100000, 'x');
                for n in 0..200 { cliengo.contacts.create(#{ websiteId: site, message: text }); }";
    for (language, code) in [(Language::Lua, lua), (Language::Rhai, rhai)] {
        let context = dry(&account).build();
        let limits = Limits { memory: Some(8 << 20), ..Limits::default() };
        let source = Source { expression: false, ..Source::from_code(code, language) };
        let error = run(&source, &context, limits, Executor::own()).unwrap_err().error;
        assert_eq!(error.kind, ErrorKind::Limit, "{error}");
        assert!(error.message.contains("keeps 8 MiB of writes"), "{error}");
        assert!(error.hint.as_ref().unwrap().contains("allow the run more memory"));
        assert!(!context.plan().complete);
        assert!(evaluate(&dry(&account).build(), language, code).is_ok(), "with room for all");
    }
    only_reads(&account);
}
