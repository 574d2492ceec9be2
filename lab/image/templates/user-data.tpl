{% set own = config_get("cloud-init.user-data", "") %}{% if own == "" %}{{ config_get("user.user-data", "#cloud-config\n{}") }}{% else %}{{ own }}{% endif %}
