# shellcheck shell=bash
# What the scripts share. Works with bash 3.2, which macOS still ships.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
TOOLS=${REGULARS_TOOLS:-$ROOT/.tools}
if [ -n "${CI:-}" ]; then
  # A machine that tests many clones builds the dependencies once.
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/regulars
  TOOLS=${REGULARS_TOOLS:-$cache/tools}
  export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/target}
fi
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
# What `make build` leaves: the server, the site it serves, and nothing else that is needed to run.
DIST=$ROOT/target/dist
export ROOT TOOLS TARGET DIST
export PATH="$TOOLS/bin:$ROOT/node_modules/.bin:$HOME/.cargo/bin:$PATH"
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm_config_fund=false npm_config_audit=false npm_config_update_notifier=false

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }
note() { printf '    %s\n' "$*"; }
fail() {
  printf '\033[1;31m==> %s\033[0m\n' "$1" >&2
  shift
  for line in "$@"; do printf '    %s\n' "$line" >&2; done
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# Minutes and seconds since the shell's second $1.
since() { printf '%d min %02d s' $(((SECONDS - $1) / 60)) $(((SECONDS - $1) % 60)); }

# alive LABEL COMMAND…: runs it, and says every half minute that it still does.
alive() {
  local label=$1 began=$SECONDS beat status=0
  shift
  (
    while sleep 30; do printf '    … %s, %s so far\n' "$label" "$(since "$began")"; done
  ) &
  beat=$!
  "$@" || status=$?
  kill "$beat" 2>/dev/null || true
  wait "$beat" 2>/dev/null || true
  return "$status"
}

# As the administrator, for the system's package manager.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

can_install_packages() {
  have apt-get && { [ "$(id -u)" = 0 ] || have sudo; }
}

# free_port FIRST: the first port from FIRST on that nobody answers on.
free_port() {
  local port=$1
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  printf '%s\n' "$port"
}

random_word() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# The key under which the app keeps secrets, made once: in a file beside the private cluster, and not in its data.
secret_key() {
  local file=$ROOT/.data/secret-key
  mkdir -p "$ROOT/.data"
  [ -s "$file" ] || (umask 077 && head -c 32 /dev/urandom | base64 >"$file")
  cat "$file"
}
