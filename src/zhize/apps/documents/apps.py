"""The app's place in the house: what it registers when the product starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "zhize.apps.documents"
    label = "documents"
    verbose_name = "文件"

    def ready(self) -> None:
        from zhize.apps.documents import log_types, policies, selectors, specs
        from zhize.apps.documents.tasks import ARCHIVE_ZIP, archive_zip_job
        from zhize.kit import contributions
        from zhize.kit.audit import register_log_types
        from zhize.kit.jobs import register_job
        from zhize.kit.things import register_thing

        register_log_types(*log_types.ALL)
        specs.register()
        register_job(ARCHIVE_ZIP, archive_zip_job)
        register_thing(selectors.AFTERMATH, selectors.aftermath_cards)
        register_thing(selectors.EVIDENCE, selectors.evidence_cards)
        register_thing(selectors.INCOMING, selectors.incoming_cards)
        register_thing(selectors.OFFICIAL, selectors.official_cards)
        contributions.todo_verbs |= {
            "official.check": _("核稿"),
            "official.countersign": _("会签"),
            "official.sign": _("签发"),
            "official.issue": _("印发"),
            "official.returned": _("修改"),
            "incoming.propose": _("拟办"),
            "incoming.answer": _("回呈"),
            "official.take": _("承办确认"),
            "official.attend": _("参会回执"),
            "official.receive": _("签收"),
            "official.aftermath": _("确定后续处理"),
        }
        contributions.search.add(contributions.SearchSource(_("公文"), selectors.official_find), rank=40)
        contributions.briefs.add(contributions.BriefSource("documents", selectors.aftermaths_brief), rank=70)
        item = contributions.NavItem
        contributions.nav.add(
            item("papers", _("归档文件"), "documents:archive", policies.may_see_incoming, "archive"), rank=66
        )
        contributions.nav.add(
            item("papers", _("文号登记"), "documents:numbers", policies.may_draft, "hash"), rank=64
        )
        contributions.nav.add(
            item("papers", _("公文"), "documents:official_list", policies.may_see_papers, "file-text"),
            rank=60,
        )
        contributions.nav.add(
            item("papers", _("收文"), "documents:received", policies.may_see_papers, "mail-open"), rank=61
        )
        contributions.nav.add(
            item("archive", _("佐证材料"), "documents:evidence_list", policies.may_see_evidence, "files"),
            rank=80,
        )
        contributions.nav.add(
            item("settings", _("发文主体"), "documents:issuers", policies.may_draft, "stamp"), rank=92
        )
        contributions.nav.add(
            item("settings", _("公文模板"), "documents:templates", policies.may_draft, "file-text"), rank=93
        )
