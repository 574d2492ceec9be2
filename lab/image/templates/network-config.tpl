{% set own = config_get("cloud-init.network-config", "") %}{% set given = config_get("user.network-config", "") %}{% if own != "" %}{{ own }}{% elif given != "" %}{{ given }}{% else %}version: 1
config:
  - type: physical
    name: eth0
    subnets:
      - type: dhcp4
        control: auto
  - type: physical
    name: eth1
    subnets:
      - type: ipv6_slaac
        control: auto
{% endif %}
