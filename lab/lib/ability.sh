# shellcheck shell=bash
# Can this machine carry the lab? Asked before anything is changed.

# Is this kernel thing usable: namespaces that we may make and a file system mounted inside.
can_unshare() { unshare --mount --net sh -c 'mount -t sysfs sysfs /sys' 2>/dev/null; }

check_ability() {
  if [ "$(uname -s)" != Linux ]; then refuse "it needs Linux and this is $(uname -s)"; fi
  if [ "$(id -u)" != 0 ]; then refuse "it makes network namespaces and mounts, which needs root (try sudo)"; fi
  if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
    refuse "it installs LXD from Debian's packages and there is no apt here"
  fi
  if ! can_unshare; then refuse "the kernel lets us make no mount and network namespaces (inside a plain Docker container?)"; fi
  if [ ! -e /proc/self/ns/user ] || [ "$(cat /proc/sys/user/max_user_namespaces 2>/dev/null || echo 1)" = 0 ]; then
    refuse "the kernel has user namespaces switched off, and containers need them"
  fi
  if ! grep -qE ' /sys/fs/cgroup[^ ]* cgroup2? ' /proc/mounts; then refuse "no cgroups are mounted on /sys/fs/cgroup"; fi
  if [ ! -d /proc/sys/net/ipv6 ]; then refuse "the kernel has IPv6 switched off, and containers get their public address by SLAAC"; fi
  if [ ! -w /proc/sys/fs/inotify/max_user_instances ]; then refuse "/proc/sys is read-only here"; fi
  if [ ${#LAB_STATE} -gt 70 ]; then refuse "the path in LXDM_LAB_DIR is too long for a Unix socket below it"; fi
}

# Links and bridges, asked once `ip` is surely there.
check_links() {
  if ! unshare --net sh -c 'ip link add name lab0 type bridge && ip link add name lab1 type veth peer name lab2' 2>/dev/null; then
    refuse "the kernel has no bridge or veth devices"
  fi
}
