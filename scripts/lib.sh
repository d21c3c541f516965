# Sourced by the other scripts: where things are, and how they speak.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/huiyin
wasm=wasm32-unknown-unknown
cd "$root"

say() { echo "$(basename "$0"): $*" >&2; }
die() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# The version of a crate in Cargo.lock.
locked() { awk -v name="\"$1\"" '$1 == "name" { found = $3 == name } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock; }

# wasm-bindgen refuses a bundle of any version but its own, so only the exact one counts.
wasm_bindgen() {
  local version candidate
  version=$(locked wasm-bindgen)
  for candidate in "$(command -v wasm-bindgen || true)" "$cache/wasm-bindgen-$version/bin/wasm-bindgen"; do
    [[ -x $candidate && $("$candidate" --version) == "wasm-bindgen $version" ]] && echo "$candidate" && return
  done
  return 1
}

# Does the everyday Rust have the browser's standard library?
rust_has_wasm() {
  have rustc && compgen -G "$(rustc --print target-libdir --target $wasm 2>/dev/null)/libcore-*.rlib" >/dev/null
}

# The folder of our own toolchain around Debian's rustc-web: see scripts/wasm-toolchain.
web_toolchain() {
  local version
  version=$(dpkg-query -W -f '${Version}' rustc-web 2>/dev/null | tr -c 'A-Za-z0-9.' -) || true
  [[ -n $version ]] && echo "$cache/rust-web-$version"
}

# The folder of PostgreSQL's server programs; Debian keeps them off the PATH.
postgres_bin() {
  local found
  found=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1) || true
  [[ -n $found ]] || found=$(command -v initdb) || return
  dirname "$found"
}

# nginx, for the test of several instances behind it; scripts/setup unpacks one when there is none.
nginx_bin() {
  local found
  for found in "$(command -v nginx || true)" /usr/sbin/nginx "$cache/nginx/usr/sbin/nginx"; do
    [[ -x $found ]] && echo "$found" && return
  done
  return 1
}
