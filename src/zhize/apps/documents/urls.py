"""Addresses under /files/ and /papers/."""

from django.urls import path

from zhize.apps.documents.views import drafting, files, incoming, issuers, official, steps, texts

app_name = "documents"
urlpatterns = [
    path("files/<int:pk>/", files.download, name="download"),
    path("files/<int:pk>/view/", files.view, name="view"),
    path("files/<int:pk>/content/", files.content, name="content"),
    path("files/evidence/", files.evidence_list, name="evidence_list"),
    path("files/evidence/new/", files.evidence_create, name="evidence_create"),
    path("files/evidence/<int:pk>/", files.evidence, name="evidence"),
    path("files/evidence/<int:pk>/edit/", files.evidence_edit, name="evidence_edit"),
    path("papers/", official.listed, name="official_list"),
    path("papers/new/", drafting.create, name="official_create"),
    path("papers/<int:pk>/", official.detail, name="official"),
    path("papers/<int:pk>/edit/", drafting.edit, name="official_edit"),
    path("papers/<int:pk>/docx/", official.docx, name="official_docx"),
    path("papers/<int:pk>/pdf/", official.pdf, name="official_pdf"),
    path("papers/<int:pk>/chase/", official.chase, name="official_chase"),
    path("papers/<int:pk>/versions/", texts.versions, name="official_versions"),
    path("papers/<int:pk>/restore/", texts.restore, name="official_restore"),
    path("papers/<int:pk>/figure/", texts.figure, name="official_figure"),
    path("papers/<int:pk>/follow/", texts.follow, name="official_follow"),
    path("papers/numbers/", texts.numbers, name="numbers"),
    path("papers/<int:pk>/check/", steps.check, name="official_check"),
    path("papers/<int:pk>/return/", steps.send_back, name="official_return"),
    path("papers/<int:pk>/ask/", steps.ask, name="official_ask"),
    path("papers/<int:pk>/countersign/", steps.countersign, name="official_countersign"),
    path("papers/<int:pk>/recheck/", steps.recheck, name="official_recheck"),
    path("papers/<int:pk>/seal/", steps.seal, name="official_seal"),
    path("papers/<int:pk>/sign/", steps.sign, name="official_sign"),
    path("papers/<int:pk>/register/", steps.register, name="official_register"),
    path("papers/<int:pk>/issue/", steps.issue, name="official_issue"),
    path("papers/<int:pk>/archive/", steps.archive, name="official_archive"),
    path("papers/<int:pk>/void/", steps.void, name="official_void"),
    path("papers/<int:pk>/receive/", incoming.receive, name="official_receive"),
    path("papers/received/", incoming.listed, name="received"),
    path("papers/received/<int:pk>/", incoming.one, name="received_one"),
    path("papers/issuers/", issuers.listed, name="issuers"),
    path("papers/issuers/new/", issuers.create, name="issuer_create"),
    path("papers/issuers/<int:pk>/", issuers.edit, name="issuer_edit"),
]
