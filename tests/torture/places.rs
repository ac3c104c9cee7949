//! A call works wherever a script can stand, and leaves nothing behind there.

use serde_json::json;

use crate::result;

#[test]
fn a_call_works_in_a_coroutine() {
    let script = "local values = {}
        local co = coroutine.create(function(a)
            local name = cliengo.contacts.get('6a0000000000000000000002').name
            local b = coroutine.yield(name .. a)
            cliengo.sleep('1ms')
            return b
        end)
        table.insert(values, { coroutine.resume(co, '!') })
        table.insert(values, { coroutine.resume(co, 5) })
        table.insert(values, { coroutine.status(co) })
        local each = coroutine.wrap(function()
            for contact in cliengo.contacts.each{ limit = 3 } do coroutine.yield(contact.id) end
        end)
        local count = 0
        for id in each do count += 1 end
        table.insert(values, count)
        return values";
    let expected = json!([[true, "Bruno!"], [true, 5], ["dead"], 3]);
    assert_eq!(result("lua", script), expected);
}

#[test]
fn an_error_of_a_call_crosses_a_coroutine_as_it_is() {
    let script = "local co = coroutine.create(function() cliengo.contacts.get('x') end)
        local ok, problem = coroutine.resume(co)
        local also, again = pcall(coroutine.wrap(function() cliengo.contacts.get('x') end))
        return { ok, problem.kind, problem.status, also, again.kind }";
    assert_eq!(result("lua", script), json!([false, "not_found", 404, false, "not_found"]));
}

#[test]
fn a_call_works_in_a_sort_and_in_a_replacement() {
    let script = "local ids = { '6a0000000000000000000001', '6a0000000000000000000002' }
        table.sort(ids, function(a, b)
            return cliengo.contacts.get(a).name < cliengo.contacts.get(b).name
        end)
        local text = string.gsub('2 1', '%d', function(n)
            return cliengo.contacts.get('6a000000000000000000000' .. n).status
        end)
        return { ids[1], text }";
    assert_eq!(result("lua", script), json!(["6a0000000000000000000002", "CLIENT NEW"]));
    let script = "let ids = [\"6a0000000000000000000001\", \"6a0000000000000000000002\"];
        ids.sort(|a, b| if cliengo.contacts.get(a).name < cliengo.contacts.get(b).name { -1 } else { 1 });
        [ids[0], ids.map(|id| cliengo.contacts.get(id).status)]";
    assert_eq!(result("rhai", script), json!(["6a0000000000000000000002", ["CLIENT", "NEW"]]));
}

#[test]
fn a_call_works_in_a_metamethod() {
    let script = "local names = setmetatable({}, {
            __index = function(_, id) return cliengo.contacts.get(id).name end,
            __tostring = function() return cliengo.contacts.get('6a0000000000000000000002').status end,
            __eq = function() return cliengo.contacts.count() > 0 end,
            __call = function(_, id) return cliengo.contacts.get(id).status end,
        })
        local ok, problem = pcall(function() return names.nobody end)
        return { names['6a0000000000000000000002'], tostring(names),
            names('6a0000000000000000000001'), ok, problem.kind }";
    assert_eq!(result("lua", script), json!(["Bruno", "CLIENT", "NEW", false, "not_found"]));
}

#[test]
fn an_error_in_a_loop_over_contacts_ends_the_loop_alone() {
    let script = "local seen = 0
        local ok, why = pcall(function()
            for contact in cliengo.contacts.each() do
                seen += 1
                if seen == 3 then error('enough', 0) end
            end
        end)
        return { ok, why, seen, cliengo.contacts.count{ limit = 2 } }";
    assert_eq!(result("lua", script), json!([false, "enough", 3, 2]));
    let script = "let seen = 0; let why = \"\";
        try { for contact in cliengo.contacts.each() { seen += 1; if seen == 3 { throw \"enough\"; } } }
        catch (problem) { why = problem; }
        [why, seen, cliengo.contacts.count(#{ limit: 2 })]";
    assert_eq!(result("rhai", script), json!(["enough", 3, 2]));
}

#[test]
fn a_sequence_that_has_ended_stays_at_its_end() {
    let script = "local next = cliengo.contacts.each{ limit = 2 }
        local ids = {}
        for contact in next do table.insert(ids, contact.id) end
        return { #ids, next() == nil, next() == nil }";
    assert_eq!(result("lua", script), json!([2, true, true]));
    let script = "let rows = cliengo.contacts.each(#{ limit: 3 }); let n = 0;
        for row in rows { n += 1; if n == 2 { break; } }
        for row in rows { n += 1; }
        for row in rows { n += 1; }
        n";
    assert_eq!(result("rhai", script), json!(3));
}

#[test]
fn a_loop_over_contacts_may_write_to_them() {
    let script = "local changed = 0
        for contact in cliengo.contacts.each() do
            if changed < 60 then cliengo.contacts.update(contact.id, { rating = 1 }) end
            changed += 1
        end
        return changed == cliengo.contacts.count()";
    assert_eq!(result("lua", script), json!(true));
}

#[test]
fn a_new_name_in_a_map_stays_and_a_missing_one_does_not_appear() {
    let script = "let m = #{}; m.a = 1; m[\"b\"] = 2; let k = \"c\"; m[k] = [3]; m.c.push(4);
        let gone = m.zoo; let also = m.some_name;
        let contact = cliengo.contacts.get(\"6a0000000000000000000001\");
        contact.website_id = \"w\"; contact.no_such = 1;
        [m, m.len(), m.keys(), m.values().len(), m.contains(\"zoo\"), gone == (), also == (),
         contact.websiteId, contact.no_such, #{ kept: () }]";
    let map = json!({ "a": 1, "b": 2, "c": [3, 4] });
    let expected = json!([map, 3, ["a", "b", "c"], 3, false, true, true, "w", 1, { "kept": null }]);
    assert_eq!(result("rhai", script), expected);
}

#[test]
fn reserved_words_of_rhai_are_names_below_cliengo_and_words_elsewhere() {
    let script = "let f = |x| x * 2; cliengo.log.debug(\"quiet\");
        [f.call(4), cliengo.null == (), cliengo.call(#{ path: \"/account\" }).status]";
    assert_eq!(result("rhai", script), json!([8, true, 200]));
}
