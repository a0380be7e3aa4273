//! `cargo xtask wasm OUT [MODULE…]`: builds the boundary once per module into `OUT/MODULE/`.
//!
//! wasm-bindgen is linked as a library at the version that `Cargo.lock` gives the boundary too, so
//! the two cannot drift apart and no tool has to be installed.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// One WebAssembly module: the boundary package with one of its features.
struct Module {
    /// The cargo feature, and the name of the folder and of the files.
    name: &'static str,
    /// The cargo profile, which also says what of it is compiled for speed.
    profile: &'static str,
    /// For `-C llvm-args`: what makes code small that is fast otherwise.
    llvm_args: &'static str,
}

/// On top of the default target features.
const TARGET_FEATURES: &str = "+simd128";

/// Calls stay calls, and loops loops.
const COMPACT: &str = "-inline-threshold=20 -unroll-threshold=15";

const MODULES: [Module; 4] = [
    Module { name: "core", profile: "release", llvm_args: "" },
    Module { name: "import", profile: "release", llvm_args: "" },
    Module { name: "kdf", profile: "release", llvm_args: "" },
    Module { name: "qr", profile: "release-qr", llvm_args: COMPACT },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let names: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match names.as_slice() {
        ["wasm", out, wanted @ ..] => build(Path::new(out), wanted),
        _ => Err("usage: cargo xtask wasm OUT [MODULE…]".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn build(out: &Path, wanted: &[&str]) -> Result<(), String> {
    if let Some(unknown) =
        wanted.iter().find(|name| MODULES.iter().all(|module| module.name != **name))
    {
        return Err(format!("there is no module {unknown}"));
    }
    for module in MODULES.iter().filter(|m| wanted.is_empty() || wanted.contains(&m.name)) {
        let compiled = compile(module)?;
        bind(module, &compiled, &out.join(module.name))?;
    }
    Ok(())
}

/// Compiles the boundary and returns the path of the module.
fn compile(module: &Module) -> Result<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = fs::canonicalize(root).map_err(|error| format!("the workspace: {error}"))?;
    let target_dir =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--locked", "-p", "doorcode-wasm", "--target", TARGET])
        .args(["--profile", module.profile, "--features", module.name])
        // Modules of one profile have the same flags, and share what is built for them.
        .arg("--target-dir")
        .arg(target_dir.join("wasm").join(module.profile))
        .env("CARGO_ENCODED_RUSTFLAGS", rust_flags(&root, module)?)
        .current_dir(&root)
        .status()
        .map_err(|error| format!("cargo does not start: {error}"))?;
    if !status.success() {
        return Err(format!("the module {} does not compile", module.name));
    }
    let folder = target_dir.join("wasm").join(module.profile).join(TARGET).join(module.profile);
    Ok(folder.join("doorcode_wasm.wasm"))
}

/// Flags that keep the paths of the build machine out of the module, so that it tells nothing of
/// who built it and is the same wherever it is built.
fn rust_flags(root: &Path, module: &Module) -> Result<String, String> {
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"));
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| home.map(|home| Path::new(&home).join(".cargo")))
        .ok_or("neither CARGO_HOME nor HOME is set")?;
    let mut flags = vec![
        format!("--remap-path-prefix={}=/doorcode", root.display()),
        format!("--remap-path-prefix={}=/cargo", cargo_home.display()),
        format!("--remap-path-prefix={}=/rust", sysroot()?.display()),
        format!("-Ctarget-feature={TARGET_FEATURES}"),
    ];
    if !module.llvm_args.is_empty() {
        flags.push(format!("-Cllvm-args={}", module.llvm_args));
    }
    Ok(flags.join("\x1f"))
}

fn sysroot() -> Result<PathBuf, String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "sysroot"]).output();
    let output = output.map_err(|error| format!("rustc does not start: {error}"))?;
    let text = String::from_utf8(output.stdout).map_err(|error| error.to_string())?;
    Ok(PathBuf::from(text.trim()))
}

/// Writes `NAME.js`, `NAME.d.ts` and `NAME_bg.wasm`, keeping files whose content is the same.
fn bind(module: &Module, compiled: &Path, out: &Path) -> Result<(), String> {
    let fresh = out.with_extension("new");
    let in_folder = |error: io::Error| format!("{}: {error}", out.display());
    Bindgen::new()
        .input_path(compiled)
        .out_name(module.name)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(true)
                .remove_producers_section(true)
                .omit_default_module_path(true)
                .generate(&fresh)
        })
        .map_err(|error| format!("wasm-bindgen refuses {}: {error:#}", module.name))?;
    fs::remove_dir_all(out).or_else(ignore_missing).map_err(in_folder)?;
    fs::rename(&fresh, out).map_err(in_folder)
}

fn ignore_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
