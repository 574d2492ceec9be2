{% set own = config_get("cloud-init.user-data", "") %}{% set given = config_get("user.user-data", "") %}{% if own != "" %}{{ own }}{% elif given != "" %}{{ given }}{% else %}#cloud-config
{}{% endif %}
