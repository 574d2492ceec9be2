# shellcheck shell=bash
# Debian packages that the lab needs.

LAB_PACKAGES=(lxd lxd-client debootstrap debian-archive-keyring squashfs-tools btrfs-progs iproute2 nftables
  iptables dnsmasq-base radvd rsync openssh-client bind9-dnsutils uidmap xz-utils procps mount)
LAB_POLICY=/usr/sbin/policy-rc.d
LAB_POLICY_MARK='# lab: packages are being installed, their services must not start'

missing_packages() {
  local name installed
  installed=$(dpkg-query -W -f '${Package}=${db:Status-Status}\n' "${LAB_PACKAGES[@]}" 2>/dev/null || true)
  for name in "${LAB_PACKAGES[@]}"; do
    if [[ $'\n'$installed$'\n' != *$'\n'"$name=installed"$'\n'* ]]; then echo "$name"; fi
  done
}

# The lab starts its own daemons in namespaces; the packages' services on the machine itself are not wanted.
hold_services() {
  if [ -e "$LAB_POLICY" ]; then return; fi
  printf '#!/bin/sh\n%s\nexit 101\n' "$LAB_POLICY_MARK" >"$LAB_POLICY"
  chmod 755 "$LAB_POLICY"
}
release_services() {
  if grep -qsF "$LAB_POLICY_MARK" "$LAB_POLICY"; then rm -f "$LAB_POLICY"; fi
}

ensure_packages() {
  local missing log
  release_services # of a run that was cut off
  mapfile -t missing < <(missing_packages)
  if [ ${#missing[@]} = 0 ]; then
    say "packages: all ${#LAB_PACKAGES[@]} installed"
    return
  fi
  log=$LAB_RUN/packages.log
  say "packages: apt-get update"
  # One unreachable third-party source must not stop us; a missing candidate is found below.
  if ! apt_quiet update >"$log" 2>&1; then warn "apt-get update had errors, see $log"; fi
  if [[ ! $(LC_ALL=C apt-cache policy lxd) =~ Candidate:\ [0-9] ]]; then
    refuse "apt offers no lxd package here (Debian 12 has one)"
  fi
  say "packages: installing ${missing[*]}"
  hold_services
  if ! apt_quiet install -y --no-install-recommends "${missing[@]}" >"$log" 2>&1 9>&-; then
    dpkg --configure -a >>"$log" 2>&1 || true
    if ! apt_quiet install -y -f --no-install-recommends "${missing[@]}" >>"$log" 2>&1 9>&-; then
      release_services
      tail -n 5 "$log" >&2
      fail "apt-get install failed, see $log"
    fi
  fi
  release_services
}

apt_quiet() { DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 -q "$@"; }
