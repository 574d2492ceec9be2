{% set own = config_get("cloud-init.vendor-data", "") %}{% if own == "" %}{{ config_get("user.vendor-data", "#cloud-config\n{}") }}{% else %}{{ own }}{% endif %}
