//! Links that somebody swaps while the script runs: there is no moment between the check and the use.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::desk::Desk;
use crate::support::Ran;

/// Puts a link to `outside` in the place of the folder `data/flip`, and the folder back, until it is told to
/// stop.
fn flip(project: &Path, stop: &AtomicBool) {
    let (place, away) = (project.join("data/flip"), project.join("data/away"));
    while !stop.load(Ordering::Relaxed) {
        let swapped = fs::rename(&place, &away).and_then(|()| symlink("../../outside", &place));
        drop(swapped.and_then(|()| fs::remove_file(&place)));
        // Between the two the script may have made the folder.
        while fs::rename(&away, &place).is_err() {
            drop(fs::remove_dir_all(&place));
        }
    }
}

#[test]
fn a_folder_that_is_swapped_for_a_link_gives_nothing_away() {
    let desk = Desk::new();
    desk.file("project/data/flip/secret.txt", "inside");
    let (project, stop) = (desk.path("project"), AtomicBool::new(false));
    let code = "local fs, seen = require 'fs', { inside = 0, none = 0 } \
        for i = 1, 4000 do \
          local ok, text = pcall(fs.read, 'data/flip/secret.txt') \
          if not ok then seen.none += 1 \
          elseif text == 'inside' then seen.inside += 1 \
          else error('it was read') end \
          pcall(fs.write, 'data/flip/taken.txt', 'taken') \
          pcall(fs.append, 'data/flip/added.txt', 'taken') \
        end return seen";
    let options = ["eval", "-o", "json", "--allow-read", "data", "--allow-write", "data"];
    let ran = thread::scope(|scope| {
        scope.spawn(|| flip(&project, &stop));
        let ran = desk.program(&[&options[..], &[code]].concat()).run();
        stop.store(true, Ordering::Relaxed);
        ran
    });
    let seen = ran.json();
    assert!(seen["inside"].as_u64() > Some(0) && seen["none"].as_u64() > Some(0), "{seen}");
    assert_eq!(fs::read_dir(desk.path("outside")).unwrap().count(), 1);
}

/// Puts a link to the secret in the place of `data/flip.txt`, and a file again, until it is told to stop.
fn flip_file(project: &Path, stop: &AtomicBool) {
    let (place, next) = (project.join("data/flip.txt"), project.join("data/next"));
    while !stop.load(Ordering::Relaxed) {
        symlink("../../outside/secret.txt", &next).unwrap();
        fs::rename(&next, &place).unwrap();
        fs::write(&next, "inside").unwrap();
        fs::rename(&next, &place).unwrap();
    }
}

#[test]
fn a_file_that_is_swapped_for_a_link_is_neither_read_nor_written_through_it() {
    let desk = Desk::new();
    desk.file("project/data/flip.txt", "inside");
    let (project, stop) = (desk.path("project"), AtomicBool::new(false));
    let code = "local fs, denied = require 'fs', 0 \
        for i = 1, 4000 do \
          local ok, text = pcall(fs.read, 'data/flip.txt') \
          if not ok then denied += 1 elseif text:find('SECRET') then error('it was read') end \
          pcall(fs.append, 'data/flip.txt', '!') \
          pcall(fs.write, 'data/flip.txt', 'inside') \
        end return denied";
    let options = ["eval", "-o", "json", "--allow-read", "data", "--allow-write", "data"];
    let ran = thread::scope(|scope| {
        scope.spawn(|| flip_file(&project, &stop));
        let ran = desk.program(&[&options[..], &[code]].concat()).run();
        stop.store(true, Ordering::Relaxed);
        ran
    });
    assert!(ran.json().as_u64() > Some(0));
    assert_eq!(desk.content("outside/secret.txt").unwrap(), "SECRET");
}

/// What the script gives that reads this file as soon as `change` was made, while it runs.
fn read_after(desk: &Desk, granted: &str, path: &str, change: impl Fn()) -> Ran {
    fs::create_dir_all(desk.path("project/go")).unwrap();
    let code = format!(
        "print('begun') while not pcall(require('fs').read, 'go/now') do cliengo.sleep('5ms') end \
         return require('fs').read('{path}')"
    );
    let granted = format!("go,{granted}");
    let mut running =
        desk.program(&["eval", "-o", "json", "--allow-read", &granted, &code]).start();
    assert!(running.says("begun").contains("begun"));
    change();
    desk.file("project/go/now", "");
    running.end()
}

#[test]
fn a_granted_folder_that_is_swapped_later_stays_what_it_was() {
    let desk = Desk::new();
    desk.file("outside/note.txt", "SECRET");
    let ran = read_after(&desk, "data", "data/note.txt", || {
        fs::rename(desk.path("project/data"), desk.path("project/before")).unwrap();
        desk.link("../outside", "project/data");
    });
    assert_eq!(ran.json(), "inside");
}

#[test]
fn a_granted_file_that_is_swapped_for_a_link_is_not_read() {
    let desk = Desk::new();
    desk.file("project/data/other.txt", "SECRET");
    let ran = read_after(&desk, "data/note.txt", "data/note.txt", || {
        fs::remove_file(desk.path("project/data/note.txt")).unwrap();
        desk.link("other.txt", "project/data/note.txt");
    });
    ran.code(1).silent().says(&["may not read"]);
}

#[test]
fn a_granted_folder_that_comes_later_as_a_link_is_not_entered() {
    let desk = Desk::new();
    let ran = read_after(&desk, "new", "new/note.txt", || desk.link("data", "project/new"));
    ran.code(1).silent().says(&["may not read"]);
}

#[test]
fn a_link_in_a_granted_folder_that_comes_later_does_not_lead_out_of_it() {
    let desk = Desk::new();
    desk.file("project/other/secret.txt", "SECRET");
    let ran = read_after(&desk, "new/deep", "new/deep/link", || {
        fs::create_dir_all(desk.path("project/new/deep")).unwrap();
        desk.link("../../other/secret.txt", "project/new/deep/link");
    });
    ran.code(1).silent().says(&["leads to other/secret.txt", "--allow-read other"]);
}
