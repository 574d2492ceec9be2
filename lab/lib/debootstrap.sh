# shellcheck shell=bash
# The image's root file system, by debootstrap.

# About as many packages as the recipe pulls in; only for the display while they are being fetched.
LAB_DEBS_EXPECTED=193

# Runs "$@" so that it and all that it starts die with this script, whatever kills it: a build that
# outlived its `up` would write under the feet of the next. Mounts made inside vanish with it.
bound() {
  setpriv --pdeathsig KILL -- unshare --mount --pid --fork --kill-child --mount-proc -- "$@" 9>&-
}

# debootstrap fetches with wget, which reads its CA bundle from a wgetrc and not from the environment.
build_environment() { # WORK
  local name ca proxy
  printf '%s\0' "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" HOME=/root LC_ALL=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
    if [ -n "${!name:-}" ]; then printf '%s\0' "${name,,}=${!name}"; fi
  done
  proxy=$(apt-config dump --format '%v%n' Acquire::http::Proxy)
  if [ -n "$proxy" ] && [ "$proxy" != DIRECT ] && [ -z "${http_proxy:-}" ]; then printf '%s\0' "http_proxy=$proxy"; fi
  ca=${SSL_CERT_FILE:-${CURL_CA_BUNDLE:-}}
  if [ -n "$ca" ] && [ -r "$ca" ]; then
    echo "ca_certificate = $ca" >"$1.wgetrc"
    printf '%s\0' "WGETRC=$1.wgetrc"
  fi
}

# debootstrap says one line a package and phase; a reader wants to know how far it is.
condense() { # LOG
  local line got=0 unpacked=0 configured=0 total=$LAB_DEBS_EXPECTED
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$1"
    case $line in
    'I: Retrieving '*) if [[ $line != *Release* && $line != *Packages* ]]; then progress 'image: retrieving' $((got += 1)) "$total"; fi ;;
    'I: Extracting '*) if [ "$total" != "$got" ]; then total=$got; say "image: retrieved $got packages, extracting"; fi ;;
    'I: Unpacking '*) if [[ $line != *the* ]]; then progress 'image: unpacking' $((unpacked += 1)) "$total"; fi ;;
    'I: Configuring '*) progress 'image: configuring' $((configured += 1)) "$total" ;;
    E:* | W:*) say "debootstrap: $line" ;;
    esac
  done
}

build_root() { # ROOT LOG
  local root=$1 log=$2 mirror status=0 condenser include
  local -a environment
  mirror=$(debian_mirror)
  include=$(paste -sd, "$LAB_RECIPE_DIR/packages.txt")
  mapfile -d '' -t environment < <(build_environment "$log")
  say "image: debootstrap $LAB_SUITE (a minute or two)"
  : >"$log"
  exec 8> >(condense "$log")
  condenser=$!
  bound env -i "${environment[@]}" debootstrap --variant=minbase --include="$include" \
    "$LAB_SUITE" "$root" "$mirror" >&8 2>&1 || status=$?
  exec 8>&-
  wait "$condenser" || true
  if [ "$status" != 0 ]; then
    tail -n 3 "$root/debootstrap/debootstrap.log" >&2 2>/dev/null || true
    cp "$log" "$LAB_RUN/debootstrap.log"
    fail "debootstrap failed, see $LAB_RUN/debootstrap.log"
  fi
  cp -r "$LAB_RECIPE_DIR/files/." "$root/"
  sh "$LAB_RECIPE_DIR/trim.sh" "$root"
}
