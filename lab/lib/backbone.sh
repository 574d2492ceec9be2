# shellcheck shell=bash
# The "public" network: one bridge in the root namespace, router advertisements on it, and no way out.

# Nothing may be asked for at the default gateway, neither while the lab is up nor while it is down:
# metric 4096 loses against the bridge's own routes and wins against a default route.
hold_routes() {
  ip route replace unreachable "$LAB_NET4" metric 4096
  ip -6 route replace unreachable "$LAB_NET6" metric 4096
}
drop_routes() {
  ip route del unreachable "$LAB_NET4" metric 4096 2>/dev/null || true
  ip -6 route del unreachable "$LAB_NET6" metric 4096 2>/dev/null || true
}

# Whatever forwards on this machine (Docker switches it on): nothing between the lab and another interface.
wall_off() {
  nft -f - <<NFT
table inet $LAB_NFT_TABLE
delete table inet $LAB_NFT_TABLE
table inet $LAB_NFT_TABLE {
  chain forward {
    type filter hook forward priority -300; policy accept;
    iifname "$LAB_BRIDGE" oifname != "$LAB_BRIDGE" counter drop
    oifname "$LAB_BRIDGE" iifname != "$LAB_BRIDGE" counter drop
  }
}
NFT
}
drop_wall() { nft delete table inet "$LAB_NFT_TABLE" 2>/dev/null || true; }

# The bridge carries the directory of the lab that it belongs to; names and addresses are the machine's.
check_owner() {
  local owner
  owner=$(cat "/sys/class/net/$LAB_BRIDGE/ifalias" 2>/dev/null || true)
  if [ -n "$owner" ] && [ "$owner" != "$LAB_STATE" ] && [ -n "$(lab_processes "$owner")" ]; then
    fail "another lab runs from $owner; take it down first (LXDM_LAB_DIR=$owner bash lab/lab down)"
  fi
}

ensure_backbone() {
  if ! ip link show "$LAB_BRIDGE" >/dev/null 2>&1; then
    say "network: bridge $LAB_BRIDGE, $LAB_GATE4 and $LAB_GATE6"
    ip link add name "$LAB_BRIDGE" type bridge
  fi
  # A fixed address: a bridge otherwise takes the lowest of its ports' and changes it with every host.
  # No snooping: router and neighbour discovery are multicast and must pass at once.
  ip link set "$LAB_BRIDGE" address 02:00:5e:64:00:01 type bridge stp_state 0 forward_delay 0 mcast_snooping 0
  ip link set "$LAB_BRIDGE" alias "$LAB_STATE"
  echo 0 >"/proc/sys/net/ipv6/conf/$LAB_BRIDGE/accept_ra"
  ip addr replace "$LAB_GATE4" dev "$LAB_BRIDGE"
  ip -6 addr replace "$LAB_GATE6" dev "$LAB_BRIDGE" nodad
  ip link set "$LAB_BRIDGE" up
}
drop_backbone() { ip link del "$LAB_BRIDGE" 2>/dev/null || true; }

# AdvDefaultLifetime 0: the prefix is advertised, but no default route. A container that asks for the
# outside hears "network unreachable" at once.
ensure_radvd() {
  if [ -n "$(radvd_pid)" ]; then return; fi
  say "network: router advertisements of $LAB_NET6"
  cat >"$LAB_RUN/radvd.conf" <<CONF
interface $LAB_BRIDGE {
  IgnoreIfMissing on;
  AdvSendAdvert on;
  MinRtrAdvInterval 3;
  MaxRtrAdvInterval 5;
  AdvDefaultLifetime 0;
  prefix $LAB_NET6 { AdvOnLink on; AdvAutonomous on; };
};
CONF
  chmod 644 "$LAB_RUN/radvd.conf"
  rm -f "$LAB_RUN/radvd.pid" "$LAB_RUN/radvd.own.pid"
  detach "$LAB_RUN/radvd.log" radvd radvd -n -C "$LAB_RUN/radvd.conf" -p "$LAB_RUN/radvd.own.pid" -m stderr
  echo "$DETACHED" >"$LAB_RUN/radvd.pid"
  if ! within 5 radvd_listens; then fail "radvd did not start, see $LAB_RUN/radvd.log"; fi
}
radvd_listens() { grep -qs . "$LAB_RUN/radvd.own.pid" && [ -n "$(radvd_pid)" ]; }
radvd_pid() { lab_pid radvd "$LAB_RUN/radvd.pid"; }
drop_radvd() {
  local pid
  pid=$(radvd_pid)
  if [ -n "$pid" ]; then end_process "$pid" TERM 5; fi
  rm -f "$LAB_RUN"/radvd.*
}
