from django.contrib import admin

from provinces.models import Area


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "name_ur", "kind", "population", "population_year", "valid_to"]
    list_filter = ["kind"]
    search_fields = ["code", "name", "name_ur", "short_name"]
    autocomplete_fields = ["merged_into"]
