use super::*;

#[test]
fn a_command_is_parted_as_a_shell_does() {
    assert_eq!(words("code --wait"), ["code", "--wait"]);
    assert_eq!(
        words("'my editor' -c \"set ft=\\\"x\\\"\" a\\ b ''"),
        ["my editor", "-c", "set ft=\"x\"", "a b", ""]
    );
    assert!(words("  ").is_empty());
}

#[cfg(unix)]
#[test]
fn the_editor_gets_a_private_file_of_the_language_and_its_text_comes_back() {
    let script = "sh -c 'stat -c %a \"$1\" > \"$1.mode\"; cat \"$1.mode\" >> \"$1\"; rm \"$1.mode\"; \
                  echo \"${1##*.}\" >> \"$1\"' editor";
    let edited = edit_with(script, "x = 1\n", Language::Rhai).unwrap();
    assert_eq!(edited, "x = 1\n600\nrhai");
}

#[cfg(unix)]
#[test]
fn an_editor_that_fails_or_is_not_there_is_an_error_that_says_what_to_do() {
    let failed = edit_with("false", "x", Language::Lua).unwrap_err();
    assert!(failed.to_string().contains("false failed"), "{failed}");
    let missing = edit_with("no-such-editor", "x", Language::Lua).unwrap_err();
    assert!(missing.to_string().contains("EDITOR"), "{missing}");
    assert!(edit_with(" ", "x", Language::Lua).is_err());
}
