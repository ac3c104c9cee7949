//! Configuration files: `cliengo.toml` of the project, and the user's own.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::schema::did_you_mean;
use crate::{Error, Result};

/// The project's file, in the working directory.
pub(super) const PROJECT_FILE: &str = "cliengo.toml";
/// The user's file, in the user's configuration folder.
const USER_FILE: &str = "cliengo/config.toml";

/// What a file can say. `profile` names one of the user's `profiles`; `scripts` is the project's alone.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    profile: Option<String>,
    base_url: Option<String>,
    #[serde(default)]
    profiles: BTreeMap<String, Profile>,
    #[serde(default)]
    scripts: BTreeMap<String, toml::Table>,
}

/// One account.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Profile {
    base_url: Option<String>,
    api_key: Option<String>,
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profile").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

/// Where the API is and with which key, after flag > environment > project > user.
#[derive(Default)]
pub(super) struct Account {
    pub(super) base_url: Option<String>,
    pub(super) api_key: Option<String>,
    /// Where the key was found, in words.
    pub(super) key_source: Option<String>,
}

impl Account {
    /// Reads the environment and the files.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a file that is damaged, a project file
    /// that holds a key, or a profile that is not there.
    pub(super) fn resolve(profile: Option<String>, base_url: Option<String>) -> Result<Self> {
        let project = read(Path::new(PROJECT_FILE))?;
        let user_file = user_file();
        if let Some(path) = variable("CLIENGO_CONFIG")
            && !Path::new(&path).exists()
        {
            return Err(Error::invalid(format!("there is no file {path}"))
                .with_hint("CLIENGO_CONFIG names it: correct it, or unset it"));
        }
        let user = user_file.as_deref().map(read).transpose()?.unwrap_or_default();
        if !user.scripts.is_empty() {
            return Err(Error::invalid("the user configuration grants to scripts")
                .with_hint("move [scripts] to the cliengo.toml of their project"));
        }
        if project.profiles.values().any(|profile| profile.api_key.is_some()) {
            return Err(Error::invalid("cliengo.toml holds an API key")
                .with_hint("a project's file gets shared: keep keys in the user configuration"));
        }
        let asked = profile.is_some();
        let name =
            profile.or_else(|| variable("CLIENGO_PROFILE")).or(project.profile).or(user.profile);
        let mut chosen = Profile::default();
        let mut of_profile = None;
        if let Some(name) = name {
            let (of_project, of_user) = (project.profiles.get(&name), user.profiles.get(&name));
            if of_project.is_none() && of_user.is_none() {
                let place = user_file.map_or_else(String::new, |path| path.display().to_string());
                let known = project.profiles.keys().chain(user.profiles.keys());
                let meant = did_you_mean(&name, known.map(String::as_str));
                return Err(Error::invalid(format!("there is no profile \"{name}\""))
                    .with_hint(format!("add [profiles.{name}] to {place}"))
                    .with_hint_if(meant));
            }
            let url = |profile: Option<&Profile>| profile.and_then(|p| p.base_url.clone());
            chosen.base_url = url(of_project).or_else(|| url(of_user));
            chosen.api_key = of_user.and_then(|profile| profile.api_key.clone());
            of_profile = Some(format!("the profile \"{name}\" of the user configuration"));
        }
        // A profile that was asked for is one account: its key must not go to another's address. One
        // without a key takes the environment's, and then its address too.
        let (key, url) = (variable("CLIENGO_API_KEY"), variable("CLIENGO_BASE_URL"));
        let of_environment = key.as_ref().map(|_| "CLIENGO_API_KEY".to_owned());
        let of_profile = of_profile.filter(|_| chosen.api_key.is_some());
        let (key, url, key_source) = match asked && chosen.api_key.is_some() {
            true => (chosen.api_key, chosen.base_url, of_profile),
            false => {
                let url = url.or(project.base_url).or(chosen.base_url);
                (key.or(chosen.api_key), url, of_environment.or(of_profile))
            }
        };
        Ok(Self { base_url: base_url.or(url).or(user.base_url), api_key: key, key_source })
    }
}

/// What the project's file says of single scripts, by their paths from its folder on.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a file that is damaged.
pub(super) fn script_tables() -> Result<BTreeMap<String, toml::Table>> {
    Ok(read(Path::new(PROJECT_FILE))?.scripts)
}

/// The files that say what scripts may do, or hold keys: the user's own also where `CLIENGO_CONFIG` names
/// another.
pub(super) fn files() -> Vec<PathBuf> {
    let usual = all_bases("XDG_CONFIG_HOME", ".config").map(|folder| folder.join(USER_FILE));
    user_file().into_iter().chain(usual).chain([PROJECT_FILE.into()]).collect()
}

/// The folders that state may be in: the one that is used, and the usual ones.
pub(super) fn state_folders() -> Vec<PathBuf> {
    let usual = all_bases("XDG_STATE_HOME", ".local/state").map(|folder| folder.join("cliengo"));
    state_folder().into_iter().chain(usual).collect()
}

/// The names of all profiles.
///
/// # Errors
/// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a file that is damaged.
pub(super) fn profile_names() -> Result<Vec<String>> {
    let project = read(Path::new(PROJECT_FILE))?;
    let user = user_file().as_deref().map(read).transpose()?.unwrap_or_default();
    let names: BTreeSet<String> =
        project.profiles.into_keys().chain(user.profiles.into_keys()).collect();
    Ok(names.into_iter().collect())
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// Where state is kept: `CLIENGO_STATE_DIR`, or `cliengo` in the user's folder for it (XDG).
pub(super) fn state_folder() -> Option<PathBuf> {
    if let Some(path) = variable("CLIENGO_STATE_DIR") {
        return Some(path.into());
    }
    Some(bases("XDG_STATE_HOME", ".local/state").next()?.join("cliengo"))
}

/// `CLIENGO_CONFIG`, or `cliengo/config.toml` in the user's configuration folder (XDG).
fn user_file() -> Option<PathBuf> {
    if let Some(path) = variable("CLIENGO_CONFIG") {
        return Some(path.into());
    }
    Some(bases("XDG_CONFIG_HOME", ".config").next()?.join(USER_FILE))
}

/// The folder that the variable names, then the one in the user's home that stands for it (XDG).
fn bases(name: &str, in_home: &str) -> impl Iterator<Item = PathBuf> {
    let home = variable("HOME").map(|home| Path::new(&home).join(in_home));
    variable(name).map(PathBuf::from).into_iter().chain(home)
}

/// The same, and the one in the home that the system knows of: schedulers start programs without `HOME`.
fn all_bases(name: &str, in_home: &str) -> impl Iterator<Item = PathBuf> {
    bases(name, in_home).chain(env::home_dir().map(|home| home.join(in_home)))
}

fn read(path: &Path) -> Result<File> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(File::default()),
        Err(error) => {
            return Err(Error::invalid(format!("cannot read {}: {error}", path.display())));
        }
    };
    // The parser quotes the line it stumbles over, and that line may hold a key.
    toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
        Error::invalid(format!("{} line {line}: {}", path.display(), error.message())).with_hint(
            "it takes profile, base_url, [profiles.NAME] and, in a project, [scripts.\"PATH\"]",
        )
    })
}
