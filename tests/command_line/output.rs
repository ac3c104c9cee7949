//! Results on standard output, in the format that was asked for, and nothing else there.

use crate::support::{Account, Program};

fn eval(format: &str, code: &str) -> crate::support::Ran {
    Program::new(&["eval", "-o", format, code]).run().code(0)
}

#[test]
fn json_is_exactly_one_document_whatever_the_script_prints() {
    let code = "print('a') cliengo.log.info('b') print({}) return { 1, { x = 'ñ' } }";
    let ran = eval("json", code);
    assert_eq!(ran.stdout, "[1,{\"x\":\"ñ\"}]\n");
    ran.says(&["a\n", "info b\n", "table"]);
    assert_eq!(eval("json", "nil").stdout, "null\n");
    let rhai = ["eval", "-o", "json", "--lang", "rhai", "print(1); debug(2); ()"];
    assert_eq!(Program::new(&rhai).run().code(0).stdout, "null\n");
}

#[test]
fn a_failed_run_writes_no_result() {
    for format in ["json", "ndjson", "csv", "pretty"] {
        Program::new(&["eval", "-o", format, "error('x')"]).run().code(1).silent();
        let odd = ["eval", "-o", format, "function() end"];
        Program::new(&odd).run().code(1).silent().says(&["error: the result", "function"]);
    }
}

#[test]
fn ndjson_is_a_line_for_each_item() {
    assert_eq!(eval("ndjson", "{ 1, { a = 2 }, 'x\\ny' }").stdout, "1\n{\"a\":2}\n\"x\\ny\"\n");
    assert_eq!(eval("ndjson", "{ a = 1 }").stdout, "{\"a\":1}\n");
}

#[test]
fn csv_has_a_header_and_disarms_formulas() {
    let code = "{ { name = '=1+1', phone = '+54 9 11', email = 'a,b', zoo = { 1 } },
        { name = 'say \"hi\"', age = 3 }, { name = '@SUM(A1)' }, { name = '-2' } }";
    let expected = "name,email,phone,age,zoo\n'=1+1,\"a,b\",+54 9 11,,[1]\n\
                    \"say \"\"hi\"\"\",,,3,\n'@SUM(A1),,,,\n-2,,,,\n";
    assert_eq!(eval("csv", code).stdout, expected);
    assert_eq!(eval("csv", "{ 1, 'x' }").stdout, "value\n1\nx\n");
}

#[test]
fn a_formula_in_a_column_name_is_disarmed_too() {
    let csv = eval("csv", "{ { ['=HYPERLINK(1)'] = 1 } }").stdout;
    assert!(csv.starts_with("'=HYPERLINK(1)"), "{csv}");
}

#[test]
fn pretty_shows_rows_as_a_table_and_one_object_as_a_sheet() {
    let table = eval("pretty", "{ { name = 'Ana', age = 3 }, { name = 'Bruno' } }").stdout;
    let lines: Vec<&str> = table.lines().map(str::trim).collect();
    assert_eq!(lines[0].split_whitespace().collect::<Vec<_>>(), ["name", "age"], "{table}");
    assert!(table.contains("Bruno") && table.ends_with("2 rows\n"), "{table}");
    let sheet = eval("pretty", "{ name = 'Ana', inner = { x = 1 } }").stdout;
    assert!(sheet.contains("name   Ana\n") && sheet.contains("inner\n  x  1\n"), "{sheet}");
    assert_eq!(eval("pretty", "nil").stdout, "");
    assert_eq!(eval("pretty", "'text'").stdout, "text\n");
    assert_eq!(eval("pretty", "{}").stdout.trim(), "{}");
}

#[test]
fn a_contact_cannot_write_to_the_terminal() {
    let out = eval("pretty", "{ { name = 'a\\27]0;owned\\7b' } }").stdout;
    assert!(!out.contains('\x1b') && !out.contains('\x07'), "{out:?}");
    let out = eval("pretty", "{ name = 'a\\27[2Jb' }").stdout;
    assert!(!out.contains('\x1b'), "{out:?}");
}

#[test]
fn nothing_is_coloured_where_nobody_looks() {
    let account = Account::start();
    let failing = "cliengo.log.warn('careful') cliengo.contacts.get('x')";
    for program in [
        account.program(&["eval", failing]),
        account.program(&["eval", failing]).variable("NO_COLOR", "1"),
        account.program(&["eval", failing]).variable("TERM", "xterm-256color"),
        Program::new(&["--help"]),
        Program::new(&["rnu"]),
    ] {
        let ran = program.run();
        assert!(!ran.stdout.contains('\x1b') && !ran.stderr.contains('\x1b'), "{ran:?}");
    }
}
