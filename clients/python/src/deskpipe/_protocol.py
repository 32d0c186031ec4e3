# Made by `deskpipe types python`; a test compares it.
from __future__ import annotations

from typing import Any, AsyncIterator, Dict, Iterator, List, Literal, Mapping, NamedTuple, Optional, Protocol, Type, TypedDict, Union, cast

JSON = Any

#: Bytes that a line to the desk may have without its LF.
LINE_BYTES = 8388608


class Unset:
    """The type of UNSET: a parameter that is left out. None is null, which is something else."""

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False


UNSET = Unset()


class DeskError(Exception):
    """An error of the desk; each kind has a class of its own."""

    def __init__(self, code: int, message: str, data: Optional[Mapping[str, Any]] = None) -> None:
        super().__init__(message)
        facts: Mapping[str, Any] = data if data is not None else {}
        self.code = code
        self.message = message
        #: A stable name.
        self.kind: str = str(facts.get("kind", ""))
        #: A JSON pointer to the parameter that is to blame.
        self.path: Optional[str] = facts.get("path")
        #: Why a token was refused.
        self.reason: Optional[str] = facts.get("reason")
        #: Whether the same call may succeed when it is sent again; nothing was done.
        self.retryable: bool = bool(facts.get("retryable", False))
        #: Further facts, such as the current version after a conflict.
        self.details: Any = facts.get("details")


class AsyncCaller(Protocol):
    """What makes the calls of AsyncNamespaces: a name and parameters, some of which may be UNSET."""

    async def call(self, method: str, params: Dict[str, Any]) -> Any: ...

    def pages(self, method: str, params: Dict[str, Any]) -> AsyncIterator[Any]: ...


class SyncCaller(Protocol):
    """The same for SyncNamespaces."""

    def call(self, method: str, params: Dict[str, Any]) -> Any: ...

    def pages(self, method: str, params: Dict[str, Any]) -> Iterator[Any]: ...

ErrorKind = Literal["parse_error", "invalid_request", "method_not_found", "invalid_params", "internal_error", "cancelled", "unauthenticated", "token_refused", "session_expired", "session_unknown", "session_limit", "session_ambiguous", "session_mismatch", "organization_unknown", "agent_unknown", "agent_deactivated", "webhook_refused", "forbidden", "not_found", "conflict", "already_exists", "deleted", "in_use", "invalid", "rule", "idempotency_mismatch", "answer_gone", "blocked", "cursor_foreign", "subscription_limit", "busy", "unavailable", "timeout", "outcome_unknown", "template_error", "query_error"]
AgentRole = Literal["admin", "agent"]
AgentStatus = Literal["online", "offline", "away"]
CustomerIdentitiesKind = Literal["email", "external_id", "chat"]
TicketStatus = Literal["open", "pending", "solved", "closed"]
TicketPriority = Literal["low", "normal", "high", "urgent"]
ViewSort = Literal["activity", "creation", "priority"]
MessageSenderType = Literal["agent", "customer", "system"]
MessageDeliveryStatus = Literal["none", "queued", "sent", "delivered", "failed"]
MacroActionsStatus = Literal["open", "pending", "solved"]
MacroVisibility = Literal["me", "all"]
EmailAccountImapSettingsSecurity = Literal["tls", "starttls", "none"]
FieldType = Literal["text", "number", "boolean", "date", "select", "multiselect"]
AuditAction = Literal["found", "created", "changed", "deleted", "restored", "merged", "unmerged", "redacted", "erased", "purged"]
SessionTokenProfile = Literal["session", "oauth"]
CustomersImportResultErrorsKind = Literal["invalid_params", "invalid", "already_exists", "deleted"]
TicketsViewingResultViewersMode = Literal["reading", "writing"]
AuditVerifyResultProblemsKind = Literal["seal_missing", "seal_changed", "record_missing", "record_changed", "record_added", "not_explained"]
ClerkWebhookResultReason = Literal["repeated", "outdated", "not_followed"]
CustomersListSort = Literal["name", "creation"]
CustomersImportOnConflict = Literal["update", "skip", "error"]
TicketsListAssignedTo = Literal["me", "none"]
TicketsListTagsMatch = Literal["all", "any"]
TicketsViewingMode = Literal["reading", "writing", "none"]
SearchSort = Literal["relevance", "time"]
ReportsBacklogBy = Literal["day", "week", "month"]
ReportsBacklogGroup = Literal["agent", "tag", "priority"]
MessagesSetDeliveryStatus = Literal["queued", "sent", "delivered", "failed"]
BatchRunMode = Literal["all", "each"]
EventsSinceFrom = Literal["now", "beginning"]


class Organization(TypedDict):
    id: str
    #: Clerk's id of it.
    clerk_id: str
    name: str
    support_email: Optional[str]
    settings: Mapping[str, JSON]
    #: See organizations.update.
    close_after_days: Optional[int]
    #: See organizations.update.
    reopen_days: Optional[int]
    #: See organizations.update.
    search_language: str
    #: See organizations.update.
    keep_deleted_days: int
    #: See organizations.update.
    keep_closed_days: Optional[int]
    #: See organizations.update.
    time_zone: str
    #: See organizations.update.
    business_hours: Optional[OrganizationBusinessHours]
    #: See organizations.update.
    holidays: List[str]
    #: Grows with every change.
    version: int
    created_at: str
    updated_at: str


class Agent(TypedDict):
    id: str
    #: Clerk's id of the user.
    clerk_user_id: str
    name: str
    email: Optional[str]
    #: As the token of the agent's latest session said.
    role: AgentRole
    status: AgentStatus
    settings: Mapping[str, JSON]
    #: Since when the agent is refused.
    deactivated_at: Optional[str]
    #: Grows with every change.
    version: int
    created_at: str
    updated_at: str


class Customer(TypedDict):
    id: str
    name: str
    email: Optional[str]
    metadata: Mapping[str, JSON]
    #: Values by field name; none where there is none.
    fields: Mapping[str, Union[str, float, bool, List[str]]]
    #: Grows with every change, of a field's value too.
    version: int
    created_at: str
    updated_at: str
    #: Null unless an admin asked for what is deleted.
    deleted_at: Optional[str]
    #: The agent's id.
    deleted_by: Optional[str]
    #: Null of whom nobody has blocked.
    blocked_at: Optional[str]
    #: The agent's id.
    blocked_by: Optional[str]
    block_reason: Optional[str]
    #: The customer who has all that was theirs.
    merged_into: Optional[str]
    #: When everything personal was taken out for good.
    erased_at: Optional[str]
    #: All that they are found by, email first.
    identities: List[CustomerIdentities]


class Ticket(TypedDict):
    id: str
    #: For people; unique in the organization.
    number: int
    subject: str
    status: TicketStatus
    priority: TicketPriority
    customer_id: str
    #: The agent's id.
    assigned_to: Optional[str]
    customer: TicketCustomer
    assignee: Optional[TicketAssignee]
    #: In alphabetical order.
    tags: List[str]
    metadata: Mapping[str, JSON]
    snoozed_until: Optional[str]
    #: The customer's first message that no person has answered in public and no solving has settled; null where none is.
    waiting_since: Optional[str]
    last_activity_at: str
    #: The first public reply of an agent.
    first_reply_at: Optional[str]
    #: The latest public reply of an agent.
    last_reply_at: Optional[str]
    #: Grows with every change.
    version: int
    created_at: str
    updated_at: str
    #: The ticket that its messages went to.
    merged_into: Optional[str]
    #: The ticket that its first messages came from.
    split_from: Optional[str]
    #: Null unless an admin asked for what is deleted.
    deleted_at: Optional[str]
    #: The agent's id.
    deleted_by: Optional[str]
    #: A customer's message does not wake it.
    keep_snoozed: bool
    #: Public replies of agents.
    reply_count: int
    #: When it was first solved, or closed unsolved.
    first_solved_at: Optional[str]
    #: When it was last solved, or closed unsolved.
    last_solved_at: Optional[str]
    closed_at: Optional[str]
    #: How often it was opened after it had been solved.
    reopen_count: int
    #: The closed ticket that its first message was sent to.
    follow_up_of: Optional[str]
    #: Agents, the first to follow first.
    follower_ids: List[str]
    #: The same with their names.
    followers: List[TicketAssignee]
    message_count: int
    last_message: Optional[MessageRow]


class View(TypedDict):
    id: str
    name: str
    #: In the search language; empty for all tickets.
    query: str
    sort: ViewSort
    descending: bool
    #: What a client shows; deskpipe only keeps it.
    columns: List[str]
    #: Everyone sees it; its maker and admins change it.
    is_shared: bool
    #: The agent who made it.
    owner: TicketAssignee
    #: Grows with every change.
    version: int
    created_at: str
    updated_at: str


class Message(TypedDict):
    id: str
    ticket_id: str
    sender: MessageSender
    body: str
    #: A note for agents, never shown to the customer.
    is_internal: bool
    #: Written by a machine, such as an out-of-office reply.
    is_automatic: bool
    email_message_id: Optional[str]
    in_reply_to: Optional[str]
    delivery_status: MessageDeliveryStatus
    delivery_error: Optional[str]
    delivery_updated_at: Optional[str]
    metadata: Mapping[str, JSON]
    version: int
    created_at: str
    updated_at: str
    #: The ticket it was written to, where that was merged.
    merged_from: Optional[str]
    #: Null unless an admin asked for what is deleted.
    deleted_at: Optional[str]
    #: The agent's id.
    deleted_by: Optional[str]


class Macro(TypedDict):
    id: str
    title: str
    #: The template; null of a macro of actions only.
    body: Optional[str]
    #: What it does to the ticket.
    actions: MacroActions
    #: Who sees it: its maker alone, or all.
    visibility: MacroVisibility
    #: The agent's id.
    created_by: Optional[str]
    metadata: Mapping[str, JSON]
    #: How often it was applied; no change of the macro.
    usage_count: int
    last_used_at: Optional[str]
    #: Grows with every change.
    version: int
    created_at: str
    updated_at: str
    #: Null unless an admin asked for what is deleted.
    deleted_at: Optional[str]
    #: The agent's id.
    deleted_by: Optional[str]


class EmailAccount(TypedDict):
    id: str
    email_address: str
    #: Where mail is fetched; empty where it is not.
    imap_settings: EmailAccountImapSettings
    #: Where mail is sent; empty where it is not.
    smtp_settings: EmailAccountImapSettings
    #: A password is kept; no method shows it.
    has_imap_password: bool
    #: A password is kept; no method shows it.
    has_smtp_password: bool
    is_active: bool
    #: Grows with every change.
    version: int
    created_at: str
    updated_at: str


class CustomerRow(TypedDict):
    id: str
    name: str
    email: Optional[str]
    metadata: Mapping[str, JSON]
    #: Grows with every change, of a field's value too.
    version: int
    created_at: str
    updated_at: str
    #: Null unless an admin asked for what is deleted.
    deleted_at: Optional[str]
    #: The agent's id.
    deleted_by: Optional[str]
    #: Null of whom nobody has blocked.
    blocked_at: Optional[str]
    #: The agent's id.
    blocked_by: Optional[str]
    block_reason: Optional[str]
    #: The customer who has all that was theirs.
    merged_into: Optional[str]
    #: When everything personal was taken out for good.
    erased_at: Optional[str]


class Field(TypedDict):
    id: str
    #: What values are given and found under.
    field_name: str
    field_type: FieldType
    is_required: bool
    #: Of select and multiselect; null of others.
    options: Optional[List[str]]
    label: Optional[str]
    #: Help for whoever fills it in.
    description: Optional[str]
    #: Where it stands in lists and forms.
    position: int
    #: Grows with every change.
    version: int
    created_at: str
    updated_at: str
    #: What a new customer gets where nothing is given.
    default_value: Optional[Union[str, float, bool, List[str]]]
    #: What a text has to match as a whole.
    pattern: Optional[str]
    #: A number or a date.
    minimum: Optional[Union[float, str]]
    #: A number or a date.
    maximum: Optional[Union[float, str]]
    #: Options that nobody can choose any more; null where options is.
    retired_options: Optional[List[str]]


class TicketRow(TypedDict):
    id: str
    #: For people; unique in the organization.
    number: int
    subject: str
    status: TicketStatus
    priority: TicketPriority
    customer_id: str
    #: The agent's id.
    assigned_to: Optional[str]
    customer: TicketCustomer
    assignee: Optional[TicketAssignee]
    #: In alphabetical order.
    tags: List[str]
    metadata: Mapping[str, JSON]
    snoozed_until: Optional[str]
    #: The customer's first message that no person has answered in public and no solving has settled; null where none is.
    waiting_since: Optional[str]
    last_activity_at: str
    #: The first public reply of an agent.
    first_reply_at: Optional[str]
    #: The latest public reply of an agent.
    last_reply_at: Optional[str]
    #: Grows with every change.
    version: int
    created_at: str
    updated_at: str
    #: The ticket that its messages went to.
    merged_into: Optional[str]
    #: The ticket that its first messages came from.
    split_from: Optional[str]
    #: Null unless an admin asked for what is deleted.
    deleted_at: Optional[str]
    #: The agent's id.
    deleted_by: Optional[str]


class Tag(TypedDict):
    id: str
    #: In lower case, a hyphen for each blank.
    name: str
    #: Tickets that have it, counted one by one.
    ticket_count: int
    #: Grows with every change.
    version: int
    created_at: str
    updated_at: str


class MessageRow(TypedDict):
    id: str
    ticket_id: str
    sender: MessageSender
    body: str
    #: A note for agents, never shown to the customer.
    is_internal: bool
    #: Written by a machine, such as an out-of-office reply.
    is_automatic: bool
    email_message_id: Optional[str]
    in_reply_to: Optional[str]
    delivery_status: MessageDeliveryStatus
    delivery_error: Optional[str]
    delivery_updated_at: Optional[str]
    metadata: Mapping[str, JSON]
    version: int
    created_at: str
    updated_at: str
    #: The ticket it was written to, where that was merged.
    merged_from: Optional[str]
    #: Null unless an admin asked for what is deleted.
    deleted_at: Optional[str]
    #: The agent's id.
    deleted_by: Optional[str]
    #: The body was cut at 4 KiB; messages.get has all of it.
    truncated: bool


class MacroRow(TypedDict):
    id: str
    title: str
    #: The template; null of a macro of actions only.
    body: Optional[str]
    #: What it does to the ticket.
    actions: MacroActions
    #: Who sees it: its maker alone, or all.
    visibility: MacroVisibility
    #: The agent's id.
    created_by: Optional[str]
    metadata: Mapping[str, JSON]
    #: How often it was applied; no change of the macro.
    usage_count: int
    last_used_at: Optional[str]
    #: Grows with every change.
    version: int
    created_at: str
    updated_at: str
    #: Null unless an admin asked for what is deleted.
    deleted_at: Optional[str]
    #: The agent's id.
    deleted_by: Optional[str]
    #: The body was cut at 4 KiB; macros.get has all of it.
    truncated: bool


class Audit(TypedDict):
    #: Rises with the changes of one object.
    seq: int
    #: The transaction; records of one call have the same.
    xid: str
    object: AuditObject
    #: The ticket that the object is or belongs to.
    ticket_id: Optional[str]
    #: The object's version afterwards.
    version: int
    #: found: it was there when the history began.
    action: AuditAction
    actor: AuditActor
    method: Optional[str]
    requested_at: Optional[str]
    created_at: str
    #: Members from and to; of long texts the first 4 KiB.
    changes: Mapping[str, AuditChanges]
    #: Members whose values were taken out for good.
    cleaned: List[str]
    #: Of a redaction, erasure or purge: members, records, reason.
    detail: Optional[Mapping[str, JSON]]


class Session(TypedDict):
    #: The handle that calls name; null where the call carried a token.
    session: Optional[str]
    #: When the token expires.
    expires_at: str
    organization: SessionOrganization
    agent: SessionAgent
    #: Who acts in the agent's name (the claim act).
    acting_party: Optional[JSON]
    #: The kind of token: Clerk's session token, or an OAuth access token, which acts with an agent's rights.
    token_profile: SessionTokenProfile
    #: The OAuth client; null for a session token.
    client_id: Optional[str]


class SessionCloseResult(TypedDict):
    closed: bool


class AgentsListResult(TypedDict):
    items: List[Agent]
    #: Where the next page begins; null at the end.
    next_cursor: Optional[str]


class CustomersListResult(TypedDict):
    items: List[CustomerRow]
    #: Where the next page begins; null at the end.
    next_cursor: Optional[str]


class CustomersUpsertResult(TypedDict):
    #: Whether there was none with any of them.
    created: bool
    customer: Customer


class CustomersSetFieldsManyResult(TypedDict):
    items: List[CustomersSetFieldsManyResultItems]


class HistoryResult(TypedDict):
    items: List[Audit]
    #: Where the next page begins; null at the end.
    next_cursor: Optional[str]


class CustomersEraseResult(TypedDict):
    id: str
    erased_at: str
    erased: CustomersEraseResultErased
    kept: CustomersEraseResultKept


class CustomersExportOneResult(TypedDict):
    customer: Customer
    #: Whoever was merged into them.
    merged: List[Customer]
    tickets: List[CustomersExportOneResultTickets]
    #: What they wrote on tickets of others.
    messages_elsewhere: List[Message]
    #: Of the customers, the first change first.
    history: List[Audit]
    exported_at: str


class DeleteResult(TypedDict):
    id: str
    deleted: bool


class CustomersImportResult(TypedDict):
    #: How many there were: the sum of those below.
    rows: int
    created: int
    updated: int
    #: Were there and as the row says.
    unchanged: int
    #: Were there, with on_conflict skip.
    skipped: int
    failed: int
    #: One for each row that failed, in their order.
    errors: List[CustomersImportResultErrors]


class ExportResult(TypedDict):
    #: How many were sent.
    parts: int
    #: How many items were in them.
    exported: int


class FieldsListResult(TypedDict):
    items: List[Field]
    #: Where the next page begins; null at the end.
    next_cursor: Optional[str]


class FieldsUsageResult(TypedDict):
    id: str
    field_name: str
    customers: int
    #: In the order of the options; null where the field has none.
    options: Optional[List[FieldsUsageResultOptions]]


class TicketsListResult(TypedDict):
    items: List[TicketRow]
    #: Where the next page begins; null at the end.
    next_cursor: Optional[str]


class TicketsViewingResult(TypedDict):
    ticket_id: str
    #: Other agents, by name.
    viewers: List[TicketsViewingResultViewers]


class TicketsCountResult(TypedDict):
    total: int
    by_status: TicketsCountResultByStatus
    #: The most tickets first; null stands for nobody.
    by_assignee: List[TicketsCountResultByAssignee]
    #: Tickets of assignees beyond the first 200.
    by_other_assignees: int


class TicketsHistoryResult(TypedDict):
    items: List[TicketsHistoryResultItems]
    #: Where the next page begins; null at the end.
    next_cursor: Optional[str]


class TicketsAtResult(TypedDict):
    id: str
    version: int
    #: Since when it was so.
    changed_at: str
    #: Its members, named as in tickets.get; those that were null are left out.
    ticket: Mapping[str, JSON]
    message_count: int
    #: Its members, named as in messages.get; of a long body the first 4 KiB.
    last_message: Optional[Mapping[str, JSON]]


TicketsDiffResult = TypedDict("TicketsDiffResult", {
    "id": "str",
    "from": "TicketsDiffResultFrom",
    "to": "TicketsDiffResultFrom",
    "changes": "Mapping[str, AuditChanges]",
})


class TagsListResult(TypedDict):
    items: List[Tag]
    #: Where the next page begins; null at the end.
    next_cursor: Optional[str]


class SearchResult(TypedDict):
    items: List[SearchResultItems]
    #: How many there are in all, of the same moment as the page.
    count: SearchResultCount
    #: Where the next page begins; null at the end.
    next_cursor: Optional[str]


class ViewsListResult(TypedDict):
    items: List[View]
    #: Where the next page begins; null at the end.
    next_cursor: Optional[str]


class ViewsCountsResult(TypedDict):
    #: In the order of the ids.
    items: List[ViewsCountsResultItems]


ReportsBacklogResult = TypedDict("ReportsBacklogResult", {
    "time_zone": "str",
    "from": "str",
    "to": "str",
    "total": "ReportsBacklogResultTotal",
    "groups": "List[ReportsBacklogResultGroups]",
    "omitted_groups": "int",
})


ReportsVolumeResult = TypedDict("ReportsVolumeResult", {
    "time_zone": "str",
    "from": "str",
    "to": "str",
    "total": "ReportsVolumeResultTotal",
    "groups": "List[ReportsVolumeResultGroups]",
    "omitted_groups": "int",
})


ReportsTimesResult = TypedDict("ReportsTimesResult", {
    "time_zone": "str",
    "from": "str",
    "to": "str",
    "total": "ReportsTimesResultTotal",
    "groups": "List[ReportsTimesResultGroups]",
    "omitted_groups": "int",
})


class MessagesListResult(TypedDict):
    items: List[MessageRow]
    #: Where the next page begins; null at the end.
    next_cursor: Optional[str]


class MacrosListResult(TypedDict):
    items: List[MacroRow]
    #: Where the next page begins; null at the end.
    next_cursor: Optional[str]


class MacrosRenderResult(TypedDict):
    #: At most 256 KiB.
    text: str
    #: The ticket's version that it was rendered over.
    ticket_version: int


class Macro2(TypedDict):
    #: With all that the actions did.
    ticket: Ticket
    #: Null of a macro without a text.
    message: Optional[Message]


class EmailAccountsListResult(TypedDict):
    items: List[EmailAccount]
    #: Where the next page begins; null at the end.
    next_cursor: Optional[str]


class BatchRunResult(TypedDict):
    #: One for each call, in their order.
    results: List[BatchRunResultResults]


class AuditVerifyResult(TypedDict):
    seals: int
    records: int
    #: Records with members taken out, as a later record says.
    cleaned: int
    #: Records that are not sealed yet; at most 100,000 are counted.
    unsealed: int
    last: Optional[AuditVerifyResultLast]
    #: from of the next call; null at the end.
    next: Optional[int]
    problems: List[AuditVerifyResultProblems]


class EventsSinceResult(TypedDict):
    items: List[EventsSinceResultItems]
    #: Where to go on; there always is one.
    cursor: str
    #: More has happened already, even where items is empty.
    has_more: bool


class EventsSubscribeResult(TypedDict):
    #: Its handle, which events.unsubscribe takes.
    subscription: str
    #: Where it begins.
    cursor: str


class EventsUnsubscribeResult(TypedDict):
    unsubscribed: bool


class ClerkWebhookResult(TypedDict):
    #: svix-id; an event counts once, however often it is delivered.
    id: str
    #: Such as organizationMembership.created.
    type: str
    applied: bool
    #: Why there was nothing to do; a newer event may have come before, and not every type matters here.
    reason: Optional[ClerkWebhookResultReason]


class SystemPingResult(TypedDict):
    pong: bool


class SystemInfoResult(TypedDict):
    name: Literal["deskpipe"]
    version: str
    #: The newest migration that it knows.
    schema_version: int
    #: PostgreSQL's; null before it was reached.
    server_version: Optional[str]
    limits: SystemInfoResultLimits


RpcDiscoverResult = TypedDict("RpcDiscoverResult", {
    "openrpc": "str",
    "info": "JSON",
    "methods": "List[JSON]",
    "x-notifications": "List[JSON]",
    "components": "JSON",
})


class CancelRequestParams(TypedDict):
    #: The request's id, as it was sent.
    id: Union[str, float]


class SessionExpiringParams(TypedDict):
    #: The session's handle.
    session: str
    #: When the token expires.
    expires_at: str


class EventsEventsParams(TypedDict):
    #: The subscription's handle.
    subscription: str
    items: List[EventsSinceResultItems]
    #: Where to go on; there always is one.
    cursor: str
    #: More has happened already, even where items is empty.
    has_more: bool


class EventsLaggingParams(TypedDict):
    #: The subscription's handle, which is no longer known.
    subscription: str
    #: Behind the last event that was sent.
    cursor: str


class _ExportPartParams(TypedDict):
    #: The id of the request that it belongs to.
    id: Union[str, float]
    #: Counted from 1.
    part: int
    #: Items so far, those of this part among them.
    exported: int
    #: Behind this part: from there on another export goes on.
    cursor: str
    #: As customers.get or tickets.get has them.
    items: List[JSON]


class ExportPartParams(_ExportPartParams, total=False):
    #: With progress: how many there were to be at the beginning.
    total: int


class OrganizationBusinessHours(TypedDict, total=False):
    #: The hours of the day, one after another.
    monday: List[OrganizationBusinessHoursMonday]
    tuesday: List[OrganizationBusinessHoursMonday]
    wednesday: List[OrganizationBusinessHoursMonday]
    thursday: List[OrganizationBusinessHoursMonday]
    friday: List[OrganizationBusinessHoursMonday]
    saturday: List[OrganizationBusinessHoursMonday]
    sunday: List[OrganizationBusinessHoursMonday]


OrganizationBusinessHoursMonday = TypedDict("OrganizationBusinessHoursMonday", {
    "from": "str",
    "to": "str",
})


class CustomerIdentities(TypedDict):
    kind: CustomerIdentitiesKind
    value: str
    #: The address that is the customer's email.
    is_primary: bool
    created_at: str


class TicketCustomer(TypedDict):
    id: str
    name: str
    email: Optional[str]


class TicketAssignee(TypedDict):
    id: str
    name: str


class MessageSender(TypedDict):
    type: MessageSenderType
    id: Optional[str]
    name: Optional[str]


class MacroActions(TypedDict, total=False):
    status: MacroActionsStatus
    priority: TicketPriority
    #: An agent's id, me for whoever applies it, null for nobody.
    assigned_to: Optional[Union[str, Literal["me"]]]
    #: Values of the ticket's customer by field name; null removes one.
    fields: Mapping[str, JSON]
    add_tags: List[str]
    remove_tags: List[str]
    #: Replaces all; not together with the two above.
    set_tags: List[str]
    #: Agents' ids, or me.
    add_followers: List[Union[str, Literal["me"]]]
    #: From when it is applied.
    snooze_hours: int


class EmailAccountImapSettings(TypedDict, total=False):
    host: str
    port: int
    security: EmailAccountImapSettingsSecurity
    username: str


class AuditObject(TypedDict):
    kind: str
    id: str


class AuditActor(TypedDict):
    type: MessageSenderType
    id: Optional[str]
    name: Optional[str]
    #: The user of Clerk who acted in the agent's name.
    impersonator: Optional[str]
    #: The OAuth client by whose access token it was done.
    client_id: Optional[str]
    #: The agent who brought what a customer did.
    agent_id: Optional[str]


AuditChanges = TypedDict("AuditChanges", {
    "from": "JSON",
    "to": "JSON",
})


class SessionOrganization(TypedDict):
    id: str
    clerk_id: str
    name: str


class SessionAgent(TypedDict):
    id: str
    clerk_user_id: str
    name: str
    role: AgentRole


class CustomersSetFieldsManyResultItems(TypedDict):
    id: str
    fields: Mapping[str, Union[str, float, bool, List[str]]]
    version: int
    updated_at: str


class CustomersEraseResultErased(TypedDict):
    #: Those merged into them included.
    customers: int
    identities: int
    #: Of fields.
    values: int
    #: What they wrote.
    messages: int
    #: Subjects and metadata.
    tickets: int
    #: Of others, on their tickets.
    covered_messages: int
    #: Saved views that named them.
    views: int
    history_records: int
    #: Kept for idempotency keys.
    answers: int


class CustomersEraseResultKept(TypedDict):
    tickets: int
    #: Of others, written on their tickets.
    messages: int


class CustomersExportOneResultTickets(TypedDict):
    id: str
    #: For people; unique in the organization.
    number: int
    subject: str
    status: TicketStatus
    priority: TicketPriority
    customer_id: str
    #: The agent's id.
    assigned_to: Optional[str]
    customer: TicketCustomer
    assignee: Optional[TicketAssignee]
    #: In alphabetical order.
    tags: List[str]
    metadata: Mapping[str, JSON]
    snoozed_until: Optional[str]
    #: The customer's first message that no person has answered in public and no solving has settled; null where none is.
    waiting_since: Optional[str]
    last_activity_at: str
    #: The first public reply of an agent.
    first_reply_at: Optional[str]
    #: The latest public reply of an agent.
    last_reply_at: Optional[str]
    #: Grows with every change.
    version: int
    created_at: str
    updated_at: str
    #: The ticket that its messages went to.
    merged_into: Optional[str]
    #: The ticket that its first messages came from.
    split_from: Optional[str]
    #: Null unless an admin asked for what is deleted.
    deleted_at: Optional[str]
    #: The agent's id.
    deleted_by: Optional[str]
    #: The oldest first.
    messages: List[Message]


class CustomersImportResultErrors(TypedDict):
    #: Which of the rows, from 0.
    row: int
    #: As of an error.
    kind: CustomersImportResultErrorsKind
    #: A JSON pointer into params.
    path: str
    #: A sentence for a person.
    message: str


class FieldsUsageResultOptions(TypedDict):
    option: str
    is_retired: bool
    customers: int


class TicketsViewingResultViewers(TypedDict):
    id: str
    name: str
    mode: TicketsViewingResultViewersMode
    expires_at: str


class TicketsCountResultByStatus(TypedDict):
    open: int
    pending: int
    solved: int
    closed: int


class TicketsCountResultByAssignee(TypedDict):
    assignee: Optional[TicketAssignee]
    count: int


class TicketsHistoryResultItems(TypedDict):
    #: Rises with the changes of one object.
    seq: int
    #: The transaction; records of one call have the same.
    xid: str
    object: AuditObject
    #: The ticket that the object is or belongs to.
    ticket_id: Optional[str]
    #: The object's version afterwards.
    version: int
    #: found: it was there when the history began.
    action: AuditAction
    actor: AuditActor
    method: Optional[str]
    requested_at: Optional[str]
    created_at: str
    #: Members from and to; of long texts the first 4 KiB.
    changes: Mapping[str, AuditChanges]
    #: Members whose values were taken out for good.
    cleaned: List[str]
    #: Of a redaction, erasure or purge: members, records, reason.
    detail: Optional[Mapping[str, JSON]]
    #: Where the status changed: the one it was, since when and for how long.
    ended: Optional[TicketsHistoryResultItemsEnded]


class TicketsHistoryResultItemsEnded(TypedDict):
    status: TicketStatus
    since: str
    seconds: int


class TicketsDiffResultFrom(TypedDict):
    version: int
    changed_at: str


class SearchResultItems(TypedDict):
    type: Literal["ticket"]
    ticket: TicketRow
    #: Null where only a customer or a tag fits.
    snippet: Optional[SearchResultItemsSnippet]
    #: Null when sorted by time.
    score: Optional[float]


class SearchResultItemsSnippet(TypedDict):
    #: The message it is from; null is the subject.
    message_id: Optional[str]
    #: Around the words that were found; each stands between ⟦ and ⟧ (U+27E6, U+27E7).
    text: str


class SearchResultCount(TypedDict):
    value: int
    #: False: there are at least so many.
    is_exact: bool


class ViewsCountsResultItems(TypedDict):
    id: str
    count: SearchResultCount


class ReportsBacklogResultTotal(TypedDict):
    #: Open and pending tickets at the end.
    unsolved: int
    #: Each day, week or month; empty unless `by` asks for them.
    periods: List[ReportsBacklogResultTotalPeriods]


ReportsBacklogResultTotalPeriods = TypedDict("ReportsBacklogResultTotalPeriods", {
    "from": "str",
    "unsolved": "int",
})


class _ReportsBacklogResultGroups(TypedDict):
    #: Open and pending tickets at the end.
    unsolved: int
    #: Each day, week or month; empty unless `by` asks for them.
    periods: List[ReportsBacklogResultTotalPeriods]


class ReportsBacklogResultGroups(_ReportsBacklogResultGroups, total=False):
    #: Null stands for nobody.
    agent: Optional[TicketAssignee]
    #: Null stands for none.
    tag: Optional[str]
    priority: TicketPriority


class ReportsVolumeResultTotal(TypedDict):
    created: int
    #: How often tickets were solved; closing one that was not is solving it.
    solved: int
    #: How often solved or closed tickets were opened again.
    reopened: int
    #: The part of what was solved here that has been reopened until now; null where nothing was solved.
    reopen_rate: Optional[float]
    #: Each day, week or month; empty unless `by` asks for them.
    periods: List[ReportsVolumeResultTotalPeriods]


ReportsVolumeResultTotalPeriods = TypedDict("ReportsVolumeResultTotalPeriods", {
    "from": "str",
    "created": "int",
    "solved": "int",
    "reopened": "int",
    "reopen_rate": "Optional[float]",
})


class _ReportsVolumeResultGroups(TypedDict):
    created: int
    #: How often tickets were solved; closing one that was not is solving it.
    solved: int
    #: How often solved or closed tickets were opened again.
    reopened: int
    #: The part of what was solved here that has been reopened until now; null where nothing was solved.
    reopen_rate: Optional[float]
    #: Each day, week or month; empty unless `by` asks for them.
    periods: List[ReportsVolumeResultTotalPeriods]


class ReportsVolumeResultGroups(_ReportsVolumeResultGroups, total=False):
    #: Null stands for nobody.
    agent: Optional[TicketAssignee]
    #: Null stands for none.
    tag: Optional[str]
    priority: TicketPriority


class ReportsTimesResultTotal(TypedDict):
    #: From a ticket's creation to a person's first public reply, of tickets first replied to in this time whose customer had written before.
    first_response: ReportsTimesResultTotalFirstResponse
    #: From a ticket's creation to its solving, of tickets solved in this time and not reopened since.
    resolution: ReportsTimesResultTotalFirstResponse
    #: Each day, week or month; empty unless `by` asks for them.
    periods: List[ReportsTimesResultTotalPeriods]


class ReportsTimesResultTotalFirstResponse(TypedDict):
    #: How many tickets.
    count: int
    #: Seconds that passed.
    clock: ReportsTimesResultTotalFirstResponseClock
    #: Those of them within the organization's business hours as they were when it was responded to or solved.
    business: ReportsTimesResultTotalFirstResponseClock


class ReportsTimesResultTotalFirstResponseClock(TypedDict):
    median: Optional[int]
    #: Nine in ten took no longer.
    p90: Optional[int]


ReportsTimesResultTotalPeriods = TypedDict("ReportsTimesResultTotalPeriods", {
    "from": "str",
    "first_response": "ReportsTimesResultTotalFirstResponse",
    "resolution": "ReportsTimesResultTotalFirstResponse",
})


class _ReportsTimesResultGroups(TypedDict):
    #: From a ticket's creation to a person's first public reply, of tickets first replied to in this time whose customer had written before.
    first_response: ReportsTimesResultTotalFirstResponse
    #: From a ticket's creation to its solving, of tickets solved in this time and not reopened since.
    resolution: ReportsTimesResultTotalFirstResponse
    #: Each day, week or month; empty unless `by` asks for them.
    periods: List[ReportsTimesResultTotalPeriods]


class ReportsTimesResultGroups(_ReportsTimesResultGroups, total=False):
    #: Null stands for nobody.
    agent: Optional[TicketAssignee]
    #: Null stands for none.
    tag: Optional[str]
    priority: TicketPriority


class BatchRunResultResults(TypedDict, total=False):
    #: As the method answers.
    result: JSON
    #: With each: why that call failed; code, message and data.
    error: JSON


class AuditVerifyResultLast(TypedDict):
    number: int
    hash: str


class _AuditVerifyResultProblems(TypedDict):
    #: not_explained: members were taken out, and no record says so.
    kind: AuditVerifyResultProblemsKind
    seal: int


class AuditVerifyResultProblems(_AuditVerifyResultProblems, total=False):
    seq: int
    object: AuditObject


class EventsSinceResultItems(TypedDict):
    #: The same whenever the event is read; as a cursor it stands for what came after it.
    id: str
    #: Events of one transaction have it in common, and follow each other.
    transaction: str
    #: object_kind and what was done, such as ticket.created.
    type: str
    object_kind: str
    object_id: str
    #: The object's version after the change.
    version: int
    #: The ticket that the object is or belongs to.
    ticket_id: Optional[str]
    #: Who did it.
    actor: EventsSinceResultItemsActor
    #: The method that did it, where one did.
    method: Optional[str]
    #: When its transaction began.
    created_at: str
    #: What the members that changed were before; of what was deleted all that were set. A customer's field is the member fields.<id of the field>.
    old_values: Mapping[str, JSON]
    #: What they are; of what was created all that are set.
    new_values: Mapping[str, JSON]
    #: Long texts were cut at 4,000 characters, or members left out that are larger.
    truncated: bool


class EventsSinceResultItemsActor(TypedDict):
    type: MessageSenderType
    id: Optional[str]
    #: The agent who brought what a customer did.
    agent_id: Optional[str]


class SystemInfoResultLimits(TypedDict):
    #: Bytes of one line without its LF.
    line_bytes: int
    #: Calls in one batch.
    batch_calls: int
    #: Containers around a value in a request.
    depth: int
    #: Requests without an answer; more are refused as busy.
    waiting_requests: int
    #: Their bytes.
    waiting_bytes: int
    #: Unread output above which nothing new is started.
    output_pause_bytes: int
    #: Unread output above which the process ends.
    output_end_bytes: int
    #: Sessions in one process.
    sessions: int
    #: Items in one page of a list.
    page_items: int
    #: Bytes of items in one page, but always one item.
    page_bytes: int
    #: Bytes of a macro's template.
    macro_bytes: int
    #: Sections in one another in a template.
    macro_depth: int
    #: Bytes of what a macro renders to.
    macro_output_bytes: int


class OrganizationsUpdateBusinessHours(TypedDict, total=False):
    #: The hours of the day, one after another.
    monday: List[OrganizationBusinessHoursMonday]
    tuesday: List[OrganizationBusinessHoursMonday]
    wednesday: List[OrganizationBusinessHoursMonday]
    thursday: List[OrganizationBusinessHoursMonday]
    friday: List[OrganizationBusinessHoursMonday]
    saturday: List[OrganizationBusinessHoursMonday]
    sunday: List[OrganizationBusinessHoursMonday]


OrganizationsUpdateBusinessHoursMonday = TypedDict("OrganizationsUpdateBusinessHoursMonday", {
    "from": "str",
    "to": "str",
})


class CustomersListIdentity(TypedDict):
    kind: CustomerIdentitiesKind
    #: An address, whatever its case; an id as the other system has it; or network:handle, such as telegram:@ana.
    value: str


CustomersListCreatedAt = TypedDict("CustomersListCreatedAt", {
    "from": "str",
    "before": "str",
}, total=False)


class CustomersListFields(TypedDict, total=False):
    #: Greater than this.
    gt: Union[str, float, bool]
    #: This or greater.
    gte: Union[str, float, bool]
    #: Less than this.
    lt: Union[str, float, bool]
    #: This or less.
    lte: Union[str, float, bool]


class _CustomersSetFieldsManyCustomers(TypedDict):
    id: str
    #: As for customers.set_fields.
    fields: Mapping[str, JSON]


class CustomersSetFieldsManyCustomers(_CustomersSetFieldsManyCustomers, total=False):
    #: The version that was read; another one now is a conflict.
    expected_version: int


class TicketsCreateCustomer(TypedDict, total=False):
    #: Of a customer of the organization, or of a new one; this or identities.
    email: str
    #: What they are found by as well; a new customer gets them all.
    identities: List[CustomersListIdentity]
    #: For a new customer; the address if left out.
    name: str
    #: For a new customer: values by field name.
    fields: Mapping[str, JSON]


class _TicketsCreateMessage(TypedDict):
    #: Plain text, at most 1 MiB.
    body: str


_TicketsCreateMessageRest = TypedDict("_TicketsCreateMessageRest", {
    "as": "MessageSenderType",
    "is_internal": "bool",
    "is_automatic": "bool",
    "email_message_id": "str",
    "in_reply_to": "str",
    "metadata": "Mapping[str, JSON]",
}, total=False)


class TicketsCreateMessage(_TicketsCreateMessage, _TicketsCreateMessageRest):
    pass


class TicketsUpdateTags(TypedDict, total=False):
    #: Put on.
    add: List[str]
    #: Taken off, where they are there.
    remove: List[str]
    #: All that it has from now on; not with add or remove.
    set: List[str]


MessagesRedactRanges = TypedDict("MessagesRedactRanges", {
    "from": "int",
    "to": "int",
})


class MacrosCreateActions(TypedDict, total=False):
    status: MacroActionsStatus
    priority: TicketPriority
    #: An agent's id, me for whoever applies it, null for nobody.
    assigned_to: Optional[Union[str, Literal["me"]]]
    #: Values of the ticket's customer by field name; null removes one.
    fields: Mapping[str, JSON]
    add_tags: List[str]
    remove_tags: List[str]
    #: Replaces all; not together with the two above.
    set_tags: List[str]
    #: Agents' ids, or me.
    add_followers: List[Union[str, Literal["me"]]]
    #: From when it is applied.
    snooze_hours: int


class _EmailAccountsCreateImapSettings(TypedDict):
    #: The server's name.
    host: str
    #: Its port, such as 993 or 465.
    port: int


class EmailAccountsCreateImapSettings(_EmailAccountsCreateImapSettings, total=False):
    #: TLS from the start, STARTTLS, or none.
    security: EmailAccountImapSettingsSecurity
    #: Left out where the server asks for none.
    username: str
    #: Kept sealed and never shown; null removes it.
    password: Optional[str]


class _BatchRunCalls(TypedDict):
    method: str


class BatchRunCalls(_BatchRunCalls, total=False):
    #: The method's own.
    params: Mapping[str, JSON]


class AuditVerifyKnown(TypedDict):
    number: int
    hash: str


class _ErrorData(TypedDict):
    #: What went wrong; stable.
    kind: ErrorKind


class ErrorData(_ErrorData, total=False):
    #: Which call of a batch.run failed, counted from 0.
    call: int
    #: A JSON pointer into params.
    path: str
    #: Why a token or a webhook was refused.
    reason: str
    #: The same call may succeed when sent again.
    retryable: bool
    #: Further facts.
    details: JSON


class ParseError(DeskError):
    """The line is not JSON."""


class InvalidRequestError(DeskError):
    """The JSON is not a request."""


class MethodNotFoundError(DeskError):
    """There is no such method."""


class InvalidParamsError(DeskError):
    """The parameters do not fit the method's schema; data.path points at the fault."""


class InternalError(DeskError):
    """A fault of deskpipe itself; the operator's log says more."""


class CancelledError(DeskError):
    """The call was cancelled by $/cancelRequest."""


class UnauthenticatedError(DeskError):
    """The call names no session and this process has no default one."""


class TokenRefusedError(DeskError):
    """The token was refused; data.reason says why."""


class SessionExpiredError(DeskError):
    """The session's token has expired; session.refresh takes a new one."""


class SessionUnknownError(DeskError):
    """There is no such session, or no longer."""


class SessionLimitError(DeskError):
    """This process holds as many sessions as it may."""


class SessionAmbiguousError(DeskError):
    """More than one session was opened here, so every call must name its own."""


class SessionMismatchError(DeskError):
    """The new token is for another subject or organization than the session."""


class OrganizationUnknownError(DeskError):
    """The token's organization is not known here."""


class AgentUnknownError(DeskError):
    """The token's user is not an agent here."""


class AgentDeactivatedError(DeskError):
    """The agent has been deactivated."""


class WebhookRefusedError(DeskError):
    """The webhook's signature was refused; data.reason says why."""


class ForbiddenError(DeskError):
    """The caller's role does not allow this."""


class NotFoundError(DeskError):
    """There is no such thing in this organization."""


class ConflictError(DeskError):
    """Others were faster; data.details tells what is there now."""


class AlreadyExistsError(DeskError):
    """Something with the same unique value exists."""


class DeletedError(DeskError):
    """Something deleted has the same unique value; data.details.id names what can be restored."""


class InUseError(DeskError):
    """Something else still needs it."""


class InvalidError(DeskError):
    """A value does not fit the organization's own definitions; data.path points at it."""


class RuleError(DeskError):
    """The state of things does not allow this."""


class IdempotencyMismatchError(DeskError):
    """The idempotency key was used for another call."""


class AnswerGoneError(DeskError):
    """It was done, but what it answered is no longer there, or was too much."""


class BlockedError(DeskError):
    """The customer is blocked: what they say is not taken."""


class CursorForeignError(DeskError):
    """The cursor belongs to another database, or to another version of deskpipe."""


class SubscriptionLimitError(DeskError):
    """This session, or this process, has as many subscriptions as it may."""


class BusyError(DeskError):
    """Too much is waiting; try again."""


class UnavailableError(DeskError):
    """The database, or the source of the keys, cannot be reached; nothing was done."""


class TimeoutError(DeskError):
    """It took longer than it may; nothing was done."""


class OutcomeUnknownError(DeskError):
    """The connection broke during a write; it may or may not have happened."""


class TemplateError(DeskError):
    """The macro's template is not valid; data.details gives line and column."""


class QueryError(DeskError):
    """The search query is not valid; data.details gives position and length in characters."""


ERRORS: Dict[str, Type[DeskError]] = {
    "parse_error": ParseError,
    "invalid_request": InvalidRequestError,
    "method_not_found": MethodNotFoundError,
    "invalid_params": InvalidParamsError,
    "internal_error": InternalError,
    "cancelled": CancelledError,
    "unauthenticated": UnauthenticatedError,
    "token_refused": TokenRefusedError,
    "session_expired": SessionExpiredError,
    "session_unknown": SessionUnknownError,
    "session_limit": SessionLimitError,
    "session_ambiguous": SessionAmbiguousError,
    "session_mismatch": SessionMismatchError,
    "organization_unknown": OrganizationUnknownError,
    "agent_unknown": AgentUnknownError,
    "agent_deactivated": AgentDeactivatedError,
    "webhook_refused": WebhookRefusedError,
    "forbidden": ForbiddenError,
    "not_found": NotFoundError,
    "conflict": ConflictError,
    "already_exists": AlreadyExistsError,
    "deleted": DeletedError,
    "in_use": InUseError,
    "invalid": InvalidError,
    "rule": RuleError,
    "idempotency_mismatch": IdempotencyMismatchError,
    "answer_gone": AnswerGoneError,
    "blocked": BlockedError,
    "cursor_foreign": CursorForeignError,
    "subscription_limit": SubscriptionLimitError,
    "busy": BusyError,
    "unavailable": UnavailableError,
    "timeout": TimeoutError,
    "outcome_unknown": OutcomeUnknownError,
    "template_error": TemplateError,
    "query_error": QueryError,
}


class Method(NamedTuple):
    """What a client has to know of a method to call it well."""

    effect: Literal["read", "internal", "customer-visible", "destructive"]
    keyed: bool
    pages: bool
    sessions: bool
    parts: bool


METHODS: Dict[str, Method] = {
    "session.open": Method("internal", False, False, False, False),
    "session.refresh": Method("internal", False, False, True, False),
    "session.close": Method("internal", False, False, True, False),
    "session.whoami": Method("read", False, False, True, False),
    "organizations.get": Method("read", False, False, True, False),
    "organizations.update": Method("internal", True, False, True, False),
    "agents.list": Method("read", False, True, True, False),
    "agents.get": Method("read", False, False, True, False),
    "agents.update": Method("internal", True, False, True, False),
    "agents.set_status": Method("internal", True, False, True, False),
    "customers.list": Method("read", False, True, True, False),
    "customers.get": Method("read", False, False, True, False),
    "customers.create": Method("internal", True, False, True, False),
    "customers.update": Method("internal", True, False, True, False),
    "customers.upsert": Method("internal", True, False, True, False),
    "customers.set_fields": Method("internal", True, False, True, False),
    "customers.set_fields_many": Method("internal", True, False, True, False),
    "customers.add_identity": Method("internal", True, False, True, False),
    "customers.remove_identity": Method("internal", True, False, True, False),
    "customers.merge": Method("internal", True, False, True, False),
    "customers.unmerge": Method("internal", True, False, True, False),
    "customers.block": Method("internal", True, False, True, False),
    "customers.unblock": Method("internal", True, False, True, False),
    "customers.history": Method("read", False, True, True, False),
    "customers.erase": Method("destructive", True, False, True, False),
    "customers.export_one": Method("read", False, False, True, False),
    "customers.delete": Method("destructive", True, False, True, False),
    "customers.restore": Method("internal", True, False, True, False),
    "customers.import": Method("internal", True, False, True, False),
    "customers.export": Method("read", False, False, True, True),
    "fields.list": Method("read", False, True, True, False),
    "fields.create": Method("internal", True, False, True, False),
    "fields.update": Method("internal", True, False, True, False),
    "fields.delete": Method("destructive", True, False, True, False),
    "fields.usage": Method("read", False, False, True, False),
    "tickets.list": Method("read", False, True, True, False),
    "tickets.get": Method("read", False, False, True, False),
    "tickets.create": Method("customer-visible", True, False, True, False),
    "tickets.update": Method("internal", True, False, True, False),
    "tickets.assign": Method("internal", True, False, True, False),
    "tickets.set_status": Method("internal", True, False, True, False),
    "tickets.merge": Method("internal", True, False, True, False),
    "tickets.unmerge": Method("internal", True, False, True, False),
    "tickets.split": Method("internal", True, False, True, False),
    "tickets.claim": Method("internal", True, False, True, False),
    "tickets.snooze": Method("internal", True, False, True, False),
    "tickets.unsnooze": Method("internal", True, False, True, False),
    "tickets.follow": Method("internal", True, False, True, False),
    "tickets.unfollow": Method("internal", True, False, True, False),
    "tickets.viewing": Method("internal", True, False, True, False),
    "tickets.delete": Method("destructive", True, False, True, False),
    "tickets.restore": Method("internal", True, False, True, False),
    "tickets.count": Method("read", False, False, True, False),
    "tickets.export": Method("read", False, False, True, True),
    "tickets.history": Method("read", False, True, True, False),
    "tickets.at": Method("read", False, False, True, False),
    "tickets.diff": Method("read", False, False, True, False),
    "tags.list": Method("read", False, True, True, False),
    "tags.rename": Method("internal", True, False, True, False),
    "tags.merge": Method("destructive", True, False, True, False),
    "tags.delete": Method("destructive", True, False, True, False),
    "search": Method("read", False, True, True, False),
    "views.list": Method("read", False, True, True, False),
    "views.get": Method("read", False, False, True, False),
    "views.create": Method("internal", True, False, True, False),
    "views.update": Method("internal", True, False, True, False),
    "views.delete": Method("destructive", True, False, True, False),
    "views.counts": Method("read", False, False, True, False),
    "reports.backlog": Method("read", False, False, True, False),
    "reports.volume": Method("read", False, False, True, False),
    "reports.times": Method("read", False, False, True, False),
    "messages.list": Method("read", False, True, True, False),
    "messages.create": Method("customer-visible", True, False, True, False),
    "messages.get": Method("read", False, False, True, False),
    "messages.find": Method("read", False, False, True, False),
    "messages.set_delivery": Method("internal", True, False, True, False),
    "messages.delete": Method("destructive", True, False, True, False),
    "messages.restore": Method("internal", True, False, True, False),
    "messages.redact": Method("destructive", True, False, True, False),
    "macros.list": Method("read", False, True, True, False),
    "macros.get": Method("read", False, False, True, False),
    "macros.create": Method("internal", True, False, True, False),
    "macros.update": Method("internal", True, False, True, False),
    "macros.delete": Method("destructive", True, False, True, False),
    "macros.restore": Method("internal", True, False, True, False),
    "macros.render": Method("read", False, False, True, False),
    "macros.apply": Method("customer-visible", True, False, True, False),
    "macros.preview": Method("read", False, False, True, False),
    "email_accounts.list": Method("read", False, True, True, False),
    "email_accounts.get": Method("read", False, False, True, False),
    "email_accounts.create": Method("internal", True, False, True, False),
    "email_accounts.update": Method("internal", True, False, True, False),
    "email_accounts.delete": Method("destructive", True, False, True, False),
    "batch.run": Method("destructive", True, False, True, False),
    "audit.list": Method("read", False, True, True, False),
    "audit.verify": Method("read", False, False, True, False),
    "events.since": Method("read", False, False, True, False),
    "events.subscribe": Method("read", False, False, True, False),
    "events.unsubscribe": Method("read", False, False, True, False),
    "clerk.webhook": Method("internal", False, False, False, False),
    "system.ping": Method("read", False, False, False, False),
    "system.info": Method("read", False, False, False, False),
    "rpc.discover": Method("read", False, False, False, False),
}


class AsyncSession:
    """The methods session.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def open(
        self,
        *,
        token: str,
        default: Union[bool, Unset] = UNSET,
        notify_before: Union[int, Unset] = UNSET,
    ) -> Session:
        """Verifies a Clerk session token and opens a session, which later calls name in params.session."""
        return cast("Session", await self._caller.call("session.open", {"token": token, "default": default, "notify_before": notify_before}))

    async def refresh(
        self,
        *,
        token: str,
        session: Union[str, Unset] = UNSET,
    ) -> Session:
        """Gives a session a newer token of the same user and organization, before or after it expired."""
        return cast("Session", await self._caller.call("session.refresh", {"token": token, "session": session}))

    async def close(
        self,
        *,
        session: Union[str, Unset] = UNSET,
    ) -> SessionCloseResult:
        """Forgets a session; calls that name it afterwards are refused."""
        return cast("SessionCloseResult", await self._caller.call("session.close", {"session": session}))

    async def whoami(
        self,
        *,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Session:
        """Tells whom the session acts for, in which organization and until when."""
        return cast("Session", await self._caller.call("session.whoami", {"session": session, "token": token}))


class SyncSession:
    """The methods session.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def open(
        self,
        *,
        token: str,
        default: Union[bool, Unset] = UNSET,
        notify_before: Union[int, Unset] = UNSET,
    ) -> Session:
        """Verifies a Clerk session token and opens a session, which later calls name in params.session."""
        return cast("Session", self._caller.call("session.open", {"token": token, "default": default, "notify_before": notify_before}))

    def refresh(
        self,
        *,
        token: str,
        session: Union[str, Unset] = UNSET,
    ) -> Session:
        """Gives a session a newer token of the same user and organization, before or after it expired."""
        return cast("Session", self._caller.call("session.refresh", {"token": token, "session": session}))

    def close(
        self,
        *,
        session: Union[str, Unset] = UNSET,
    ) -> SessionCloseResult:
        """Forgets a session; calls that name it afterwards are refused."""
        return cast("SessionCloseResult", self._caller.call("session.close", {"session": session}))

    def whoami(
        self,
        *,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Session:
        """Tells whom the session acts for, in which organization and until when."""
        return cast("Session", self._caller.call("session.whoami", {"session": session, "token": token}))


class AsyncOrganizations:
    """The methods organizations.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def get(
        self,
        *,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Organization:
        """The organization that the session acts in."""
        return cast("Organization", await self._caller.call("organizations.get", {"session": session, "token": token}))

    async def update(
        self,
        *,
        name: Union[str, Unset] = UNSET,
        support_email: Union[Optional[str], Unset] = UNSET,
        settings: Union[Mapping[str, JSON], Unset] = UNSET,
        close_after_days: Union[Optional[int], Unset] = UNSET,
        reopen_days: Union[Optional[int], Unset] = UNSET,
        search_language: Union[str, Unset] = UNSET,
        keep_deleted_days: Union[int, Unset] = UNSET,
        keep_closed_days: Union[Optional[int], Unset] = UNSET,
        time_zone: Union[str, Unset] = UNSET,
        business_hours: Union[Optional[OrganizationBusinessHours], Unset] = UNSET,
        holidays: Union[List[str], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Organization:
        """Changes the organization; what is left out stays."""
        return cast("Organization", await self._caller.call("organizations.update", {"name": name, "support_email": support_email, "settings": settings, "close_after_days": close_after_days, "reopen_days": reopen_days, "search_language": search_language, "keep_deleted_days": keep_deleted_days, "keep_closed_days": keep_closed_days, "time_zone": time_zone, "business_hours": business_hours, "holidays": holidays, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))


class SyncOrganizations:
    """The methods organizations.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def get(
        self,
        *,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Organization:
        """The organization that the session acts in."""
        return cast("Organization", self._caller.call("organizations.get", {"session": session, "token": token}))

    def update(
        self,
        *,
        name: Union[str, Unset] = UNSET,
        support_email: Union[Optional[str], Unset] = UNSET,
        settings: Union[Mapping[str, JSON], Unset] = UNSET,
        close_after_days: Union[Optional[int], Unset] = UNSET,
        reopen_days: Union[Optional[int], Unset] = UNSET,
        search_language: Union[str, Unset] = UNSET,
        keep_deleted_days: Union[int, Unset] = UNSET,
        keep_closed_days: Union[Optional[int], Unset] = UNSET,
        time_zone: Union[str, Unset] = UNSET,
        business_hours: Union[Optional[OrganizationBusinessHours], Unset] = UNSET,
        holidays: Union[List[str], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Organization:
        """Changes the organization; what is left out stays."""
        return cast("Organization", self._caller.call("organizations.update", {"name": name, "support_email": support_email, "settings": settings, "close_after_days": close_after_days, "reopen_days": reopen_days, "search_language": search_language, "keep_deleted_days": keep_deleted_days, "keep_closed_days": keep_closed_days, "time_zone": time_zone, "business_hours": business_hours, "holidays": holidays, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))


class AsyncAgents:
    """The methods agents.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def list(
        self,
        *,
        status: Union[AgentStatus, Unset] = UNSET,
        role: Union[AgentRole, Unset] = UNSET,
        include_deactivated: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AgentsListResult:
        """A page of the organization's agents by name."""
        return cast("AgentsListResult", await self._caller.call("agents.list", {"status": status, "role": role, "include_deactivated": include_deactivated, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def list_all(
        self,
        *,
        status: Union[AgentStatus, Unset] = UNSET,
        role: Union[AgentRole, Unset] = UNSET,
        include_deactivated: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AsyncIterator[Agent]:
        """Every item of agents.list, page after page."""
        return cast("AsyncIterator[Agent]", self._caller.pages("agents.list", {"status": status, "role": role, "include_deactivated": include_deactivated, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    async def get(
        self,
        *,
        id: Union[str, Literal["me"]],
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Agent:
        """One agent's profile."""
        return cast("Agent", await self._caller.call("agents.get", {"id": id, "session": session, "token": token}))

    async def update(
        self,
        *,
        id: Union[str, Literal["me"]],
        name: Union[str, Unset] = UNSET,
        settings: Union[Mapping[str, JSON], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Agent:
        """Changes a profile, an agent their own, an admin anyone's; what is left out stays."""
        return cast("Agent", await self._caller.call("agents.update", {"id": id, "name": name, "settings": settings, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def set_status(
        self,
        *,
        status: AgentStatus,
        id: Union[Union[str, Literal["me"]], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Agent:
        """Says whether an agent is there, an agent of themselves, an admin of anyone."""
        return cast("Agent", await self._caller.call("agents.set_status", {"status": status, "id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))


class SyncAgents:
    """The methods agents.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def list(
        self,
        *,
        status: Union[AgentStatus, Unset] = UNSET,
        role: Union[AgentRole, Unset] = UNSET,
        include_deactivated: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AgentsListResult:
        """A page of the organization's agents by name."""
        return cast("AgentsListResult", self._caller.call("agents.list", {"status": status, "role": role, "include_deactivated": include_deactivated, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def list_all(
        self,
        *,
        status: Union[AgentStatus, Unset] = UNSET,
        role: Union[AgentRole, Unset] = UNSET,
        include_deactivated: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Iterator[Agent]:
        """Every item of agents.list, page after page."""
        return cast("Iterator[Agent]", self._caller.pages("agents.list", {"status": status, "role": role, "include_deactivated": include_deactivated, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def get(
        self,
        *,
        id: Union[str, Literal["me"]],
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Agent:
        """One agent's profile."""
        return cast("Agent", self._caller.call("agents.get", {"id": id, "session": session, "token": token}))

    def update(
        self,
        *,
        id: Union[str, Literal["me"]],
        name: Union[str, Unset] = UNSET,
        settings: Union[Mapping[str, JSON], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Agent:
        """Changes a profile, an agent their own, an admin anyone's; what is left out stays."""
        return cast("Agent", self._caller.call("agents.update", {"id": id, "name": name, "settings": settings, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def set_status(
        self,
        *,
        status: AgentStatus,
        id: Union[Union[str, Literal["me"]], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Agent:
        """Says whether an agent is there, an agent of themselves, an admin of anyone."""
        return cast("Agent", self._caller.call("agents.set_status", {"status": status, "id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))


class AsyncCustomers:
    """The methods customers.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def list(
        self,
        *,
        email: Union[str, Unset] = UNSET,
        identity: Union[CustomersListIdentity, Unset] = UNSET,
        text: Union[str, Unset] = UNSET,
        blocked: Union[bool, Unset] = UNSET,
        created_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        updated_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        fields: Union[Mapping[str, Union[Union[str, float, bool], List[Union[str, float, bool]], CustomersListFields, None]], Unset] = UNSET,
        sort: Union[CustomersListSort, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> CustomersListResult:
        """A page of customers, filtered and sorted; without those who were merged into another one or erased."""
        return cast("CustomersListResult", await self._caller.call("customers.list", {"email": email, "identity": identity, "text": text, "blocked": blocked, "created_at": created_at, "updated_at": updated_at, "fields": fields, "sort": sort, "descending": descending, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    def list_all(
        self,
        *,
        email: Union[str, Unset] = UNSET,
        identity: Union[CustomersListIdentity, Unset] = UNSET,
        text: Union[str, Unset] = UNSET,
        blocked: Union[bool, Unset] = UNSET,
        created_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        updated_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        fields: Union[Mapping[str, Union[Union[str, float, bool], List[Union[str, float, bool]], CustomersListFields, None]], Unset] = UNSET,
        sort: Union[CustomersListSort, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AsyncIterator[CustomerRow]:
        """Every item of customers.list, page after page."""
        return cast("AsyncIterator[CustomerRow]", self._caller.pages("customers.list", {"email": email, "identity": identity, "text": text, "blocked": blocked, "created_at": created_at, "updated_at": updated_at, "fields": fields, "sort": sort, "descending": descending, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    async def get(
        self,
        *,
        id: str,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Customer:
        """One customer with the values of their fields."""
        return cast("Customer", await self._caller.call("customers.get", {"id": id, "include_deleted": include_deleted, "session": session, "token": token}))

    async def create(
        self,
        *,
        name: Union[str, Unset] = UNSET,
        email: Union[str, Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        fields: Union[Mapping[str, JSON], Unset] = UNSET,
        identities: Union[List[CustomersListIdentity], Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """A new customer, with a name or an address or both, and with every required field."""
        return cast("Customer", await self._caller.call("customers.create", {"name": name, "email": email, "metadata": metadata, "fields": fields, "identities": identities, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def update(
        self,
        *,
        id: str,
        name: Union[str, Unset] = UNSET,
        email: Union[Optional[str], Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        metadata_patch: Union[Mapping[str, JSON], Unset] = UNSET,
        fields: Union[Mapping[str, JSON], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Changes a customer, all at once or not at all; what is left out stays."""
        return cast("Customer", await self._caller.call("customers.update", {"id": id, "name": name, "email": email, "metadata": metadata, "metadata_patch": metadata_patch, "fields": fields, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def upsert(
        self,
        *,
        email: Union[str, Unset] = UNSET,
        identities: Union[List[CustomersListIdentity], Unset] = UNSET,
        name: Union[str, Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        fields: Union[Mapping[str, JSON], Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> CustomersUpsertResult:
        """The customer with that address or any of those identities, made or changed as given, all at once or not at all, and given those of them that they lack. Two calls at once make one customer."""
        return cast("CustomersUpsertResult", await self._caller.call("customers.upsert", {"email": email, "identities": identities, "name": name, "metadata": metadata, "fields": fields, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def set_fields(
        self,
        *,
        id: str,
        fields: Mapping[str, JSON],
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Sets values of a customer's fields; those not named stay, null removes one. Afterwards every required field must have a value."""
        return cast("Customer", await self._caller.call("customers.set_fields", {"id": id, "fields": fields, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def set_fields_many(
        self,
        *,
        customers: List[CustomersSetFieldsManyCustomers],
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> CustomersSetFieldsManyResult:
        """Sets values of the fields of up to 100 customers in one transaction, all or nothing: those not named stay, null removes one. An error points at the customer that it is about. Answers what each has afterwards, in the order of the call."""
        return cast("CustomersSetFieldsManyResult", await self._caller.call("customers.set_fields_many", {"customers": customers, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def add_identity(
        self,
        *,
        id: str,
        kind: CustomerIdentitiesKind,
        value: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Gives a customer one more address, id in another system or handle in a chat, of at most 50; whoever is looked for by it is this customer from then on. One that they have already changes nothing; the first address of who has none becomes their email."""
        return cast("Customer", await self._caller.call("customers.add_identity", {"id": id, "kind": kind, "value": value, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def remove_identity(
        self,
        *,
        id: str,
        kind: CustomerIdentitiesKind,
        value: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Takes an address, id or handle from a customer; another one may have it then. The address that is their email is changed by customers.update instead."""
        return cast("Customer", await self._caller.call("customers.remove_identity", {"id": id, "kind": kind, "value": value, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def merge(
        self,
        *,
        id: str,
        sources: List[str],
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Merges customers who are the same person into one: their tickets, messages and identities move there, values of fields where the target has none; name, metadata and a block stay each one's own. Who was merged is no longer listed, points at the target (merged_into), and what comes to them later comes there, too. customers.unmerge undoes it within 30 days."""
        return cast("Customer", await self._caller.call("customers.merge", {"id": id, "sources": sources, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def unmerge(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Undoes a merge within 30 days: the tickets, messages and identities that came with the customer go back to them, and tickets and messages that were for them since; the target loses the values that it got from them, but not those that were changed since. New tickets that came by one of their identities stay with the target."""
        return cast("Customer", await self._caller.call("customers.unmerge", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def block(
        self,
        *,
        id: str,
        reason: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Blocks a customer: from then on messages of theirs are refused with blocked, on tickets that are there and on new ones, so that nothing reopens and nobody is disturbed; a bridge may drop or keep what it has. Agents can still write to them."""
        return cast("Customer", await self._caller.call("customers.block", {"id": id, "reason": reason, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def unblock(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Takes what a customer says again. What was refused meanwhile is not kept anywhere."""
        return cast("Customer", await self._caller.call("customers.unblock", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def history(
        self,
        *,
        id: str,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> HistoryResult:
        """A page of what was done to a customer, the latest first: who, when, by which method, what, from and to; values of fields and identities too. Who was merged into them has a history of their own."""
        return cast("HistoryResult", await self._caller.call("customers.history", {"id": id, "descending": descending, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def history_all(
        self,
        *,
        id: str,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AsyncIterator[Audit]:
        """Every item of customers.history, page after page."""
        return cast("AsyncIterator[Audit]", self._caller.pages("customers.history", {"id": id, "descending": descending, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    async def erase(
        self,
        *,
        id: str,
        reason: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> CustomersEraseResult:
        """Takes out for good, in rows, history, search and answers kept for idempotency keys, what a customer and whoever was merged into them is: names, identities, metadata, values, reasons of a block; the text of what they wrote, on whatever ticket; subjects and metadata of their tickets, and such a subject on what was split off or followed them up. What others wrote on their tickets stays, wherever a merge or a split has put it, but for their names and identities of two characters or more, which are covered with ▇, in capitals or not, there and in saved views; in scripts without spaces between words wherever they stand. What stays: ids, numbers, tags, statuses and times of tickets and messages; message ids of mail, so that none comes in again; seals and digests of the history with a record of this. On tickets of others, what others say of them stays as well, and nothing is done about copies outside, such as backups. Nobody can undo it; a deleted customer is restored first."""
        return cast("CustomersEraseResult", await self._caller.call("customers.erase", {"id": id, "reason": reason, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def export_one(
        self,
        *,
        id: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> CustomersExportOneResult:
        """Everything about one person in one answer, for whoever asks what is kept of them: the customer and whoever was merged into them, with identities and values; their tickets with all messages, notes and deleted ones included; what they wrote on tickets of others; their history. At most 16 MiB of messages."""
        return cast("CustomersExportOneResult", await self._caller.call("customers.export_one", {"id": id, "session": session, "token": token}))

    async def delete(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes a customer with their tickets: they show nowhere, until customers.restore or for good after the days that the organization keeps what is deleted. Their address stays taken until then. Refused while tickets of other customers are merged into theirs (`data.details.ticket_ids`): those would go along; unmerge them first."""
        return cast("DeleteResult", await self._caller.call("customers.delete", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def restore(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Brings a deleted customer back, with the tickets that their deletion took and no others. Refused while one of those is merged into a ticket of a customer who is deleted (`data.details.customer_ids`)."""
        return cast("Customer", await self._caller.call("customers.restore", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def import_(
        self,
        *,
        rows: List[Dict[str, JSON]],
        on_conflict: Union[CustomersImportOnConflict, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> CustomersImportResult:
        """One part of an import: up to 5000 customers in one transaction, each checked by itself. What is wrong with a row is among the errors and keeps no other out. Under an idempotency_key a part that is sent again is not taken again."""
        return cast("CustomersImportResult", await self._caller.call("customers.import", {"rows": rows, "on_conflict": on_conflict, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def export(
        self,
        *,
        cursor: Union[str, Unset] = UNSET,
        part_bytes: Union[int, Unset] = UNSET,
        progress: Union[bool, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> ExportResult:
        """All customers with the values of their fields, in parts: each comes as a notification export.part, as fast as they are read; the answer comes after the last."""
        return cast("ExportResult", await self._caller.call("customers.export", {"cursor": cursor, "part_bytes": part_bytes, "progress": progress, "include_deleted": include_deleted, "session": session, "token": token}))


class SyncCustomers:
    """The methods customers.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def list(
        self,
        *,
        email: Union[str, Unset] = UNSET,
        identity: Union[CustomersListIdentity, Unset] = UNSET,
        text: Union[str, Unset] = UNSET,
        blocked: Union[bool, Unset] = UNSET,
        created_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        updated_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        fields: Union[Mapping[str, Union[Union[str, float, bool], List[Union[str, float, bool]], CustomersListFields, None]], Unset] = UNSET,
        sort: Union[CustomersListSort, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> CustomersListResult:
        """A page of customers, filtered and sorted; without those who were merged into another one or erased."""
        return cast("CustomersListResult", self._caller.call("customers.list", {"email": email, "identity": identity, "text": text, "blocked": blocked, "created_at": created_at, "updated_at": updated_at, "fields": fields, "sort": sort, "descending": descending, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    def list_all(
        self,
        *,
        email: Union[str, Unset] = UNSET,
        identity: Union[CustomersListIdentity, Unset] = UNSET,
        text: Union[str, Unset] = UNSET,
        blocked: Union[bool, Unset] = UNSET,
        created_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        updated_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        fields: Union[Mapping[str, Union[Union[str, float, bool], List[Union[str, float, bool]], CustomersListFields, None]], Unset] = UNSET,
        sort: Union[CustomersListSort, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Iterator[CustomerRow]:
        """Every item of customers.list, page after page."""
        return cast("Iterator[CustomerRow]", self._caller.pages("customers.list", {"email": email, "identity": identity, "text": text, "blocked": blocked, "created_at": created_at, "updated_at": updated_at, "fields": fields, "sort": sort, "descending": descending, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    def get(
        self,
        *,
        id: str,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Customer:
        """One customer with the values of their fields."""
        return cast("Customer", self._caller.call("customers.get", {"id": id, "include_deleted": include_deleted, "session": session, "token": token}))

    def create(
        self,
        *,
        name: Union[str, Unset] = UNSET,
        email: Union[str, Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        fields: Union[Mapping[str, JSON], Unset] = UNSET,
        identities: Union[List[CustomersListIdentity], Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """A new customer, with a name or an address or both, and with every required field."""
        return cast("Customer", self._caller.call("customers.create", {"name": name, "email": email, "metadata": metadata, "fields": fields, "identities": identities, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def update(
        self,
        *,
        id: str,
        name: Union[str, Unset] = UNSET,
        email: Union[Optional[str], Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        metadata_patch: Union[Mapping[str, JSON], Unset] = UNSET,
        fields: Union[Mapping[str, JSON], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Changes a customer, all at once or not at all; what is left out stays."""
        return cast("Customer", self._caller.call("customers.update", {"id": id, "name": name, "email": email, "metadata": metadata, "metadata_patch": metadata_patch, "fields": fields, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def upsert(
        self,
        *,
        email: Union[str, Unset] = UNSET,
        identities: Union[List[CustomersListIdentity], Unset] = UNSET,
        name: Union[str, Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        fields: Union[Mapping[str, JSON], Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> CustomersUpsertResult:
        """The customer with that address or any of those identities, made or changed as given, all at once or not at all, and given those of them that they lack. Two calls at once make one customer."""
        return cast("CustomersUpsertResult", self._caller.call("customers.upsert", {"email": email, "identities": identities, "name": name, "metadata": metadata, "fields": fields, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def set_fields(
        self,
        *,
        id: str,
        fields: Mapping[str, JSON],
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Sets values of a customer's fields; those not named stay, null removes one. Afterwards every required field must have a value."""
        return cast("Customer", self._caller.call("customers.set_fields", {"id": id, "fields": fields, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def set_fields_many(
        self,
        *,
        customers: List[CustomersSetFieldsManyCustomers],
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> CustomersSetFieldsManyResult:
        """Sets values of the fields of up to 100 customers in one transaction, all or nothing: those not named stay, null removes one. An error points at the customer that it is about. Answers what each has afterwards, in the order of the call."""
        return cast("CustomersSetFieldsManyResult", self._caller.call("customers.set_fields_many", {"customers": customers, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def add_identity(
        self,
        *,
        id: str,
        kind: CustomerIdentitiesKind,
        value: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Gives a customer one more address, id in another system or handle in a chat, of at most 50; whoever is looked for by it is this customer from then on. One that they have already changes nothing; the first address of who has none becomes their email."""
        return cast("Customer", self._caller.call("customers.add_identity", {"id": id, "kind": kind, "value": value, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def remove_identity(
        self,
        *,
        id: str,
        kind: CustomerIdentitiesKind,
        value: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Takes an address, id or handle from a customer; another one may have it then. The address that is their email is changed by customers.update instead."""
        return cast("Customer", self._caller.call("customers.remove_identity", {"id": id, "kind": kind, "value": value, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def merge(
        self,
        *,
        id: str,
        sources: List[str],
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Merges customers who are the same person into one: their tickets, messages and identities move there, values of fields where the target has none; name, metadata and a block stay each one's own. Who was merged is no longer listed, points at the target (merged_into), and what comes to them later comes there, too. customers.unmerge undoes it within 30 days."""
        return cast("Customer", self._caller.call("customers.merge", {"id": id, "sources": sources, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def unmerge(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Undoes a merge within 30 days: the tickets, messages and identities that came with the customer go back to them, and tickets and messages that were for them since; the target loses the values that it got from them, but not those that were changed since. New tickets that came by one of their identities stay with the target."""
        return cast("Customer", self._caller.call("customers.unmerge", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def block(
        self,
        *,
        id: str,
        reason: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Blocks a customer: from then on messages of theirs are refused with blocked, on tickets that are there and on new ones, so that nothing reopens and nobody is disturbed; a bridge may drop or keep what it has. Agents can still write to them."""
        return cast("Customer", self._caller.call("customers.block", {"id": id, "reason": reason, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def unblock(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Takes what a customer says again. What was refused meanwhile is not kept anywhere."""
        return cast("Customer", self._caller.call("customers.unblock", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def history(
        self,
        *,
        id: str,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> HistoryResult:
        """A page of what was done to a customer, the latest first: who, when, by which method, what, from and to; values of fields and identities too. Who was merged into them has a history of their own."""
        return cast("HistoryResult", self._caller.call("customers.history", {"id": id, "descending": descending, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def history_all(
        self,
        *,
        id: str,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Iterator[Audit]:
        """Every item of customers.history, page after page."""
        return cast("Iterator[Audit]", self._caller.pages("customers.history", {"id": id, "descending": descending, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def erase(
        self,
        *,
        id: str,
        reason: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> CustomersEraseResult:
        """Takes out for good, in rows, history, search and answers kept for idempotency keys, what a customer and whoever was merged into them is: names, identities, metadata, values, reasons of a block; the text of what they wrote, on whatever ticket; subjects and metadata of their tickets, and such a subject on what was split off or followed them up. What others wrote on their tickets stays, wherever a merge or a split has put it, but for their names and identities of two characters or more, which are covered with ▇, in capitals or not, there and in saved views; in scripts without spaces between words wherever they stand. What stays: ids, numbers, tags, statuses and times of tickets and messages; message ids of mail, so that none comes in again; seals and digests of the history with a record of this. On tickets of others, what others say of them stays as well, and nothing is done about copies outside, such as backups. Nobody can undo it; a deleted customer is restored first."""
        return cast("CustomersEraseResult", self._caller.call("customers.erase", {"id": id, "reason": reason, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def export_one(
        self,
        *,
        id: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> CustomersExportOneResult:
        """Everything about one person in one answer, for whoever asks what is kept of them: the customer and whoever was merged into them, with identities and values; their tickets with all messages, notes and deleted ones included; what they wrote on tickets of others; their history. At most 16 MiB of messages."""
        return cast("CustomersExportOneResult", self._caller.call("customers.export_one", {"id": id, "session": session, "token": token}))

    def delete(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes a customer with their tickets: they show nowhere, until customers.restore or for good after the days that the organization keeps what is deleted. Their address stays taken until then. Refused while tickets of other customers are merged into theirs (`data.details.ticket_ids`): those would go along; unmerge them first."""
        return cast("DeleteResult", self._caller.call("customers.delete", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def restore(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Customer:
        """Brings a deleted customer back, with the tickets that their deletion took and no others. Refused while one of those is merged into a ticket of a customer who is deleted (`data.details.customer_ids`)."""
        return cast("Customer", self._caller.call("customers.restore", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def import_(
        self,
        *,
        rows: List[Dict[str, JSON]],
        on_conflict: Union[CustomersImportOnConflict, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> CustomersImportResult:
        """One part of an import: up to 5000 customers in one transaction, each checked by itself. What is wrong with a row is among the errors and keeps no other out. Under an idempotency_key a part that is sent again is not taken again."""
        return cast("CustomersImportResult", self._caller.call("customers.import", {"rows": rows, "on_conflict": on_conflict, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def export(
        self,
        *,
        cursor: Union[str, Unset] = UNSET,
        part_bytes: Union[int, Unset] = UNSET,
        progress: Union[bool, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> ExportResult:
        """All customers with the values of their fields, in parts: each comes as a notification export.part, as fast as they are read; the answer comes after the last."""
        return cast("ExportResult", self._caller.call("customers.export", {"cursor": cursor, "part_bytes": part_bytes, "progress": progress, "include_deleted": include_deleted, "session": session, "token": token}))


class AsyncFields:
    """The methods fields.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def list(
        self,
        *,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> FieldsListResult:
        """The fields that the organization keeps about its customers, by position."""
        return cast("FieldsListResult", await self._caller.call("fields.list", {"limit": limit, "cursor": cursor, "session": session, "token": token}))

    def list_all(
        self,
        *,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AsyncIterator[Field]:
        """Every item of fields.list, page after page."""
        return cast("AsyncIterator[Field]", self._caller.pages("fields.list", {"limit": limit, "cursor": cursor, "session": session, "token": token}))

    async def create(
        self,
        *,
        field_name: str,
        field_type: FieldType,
        is_required: Union[bool, Unset] = UNSET,
        options: Union[List[str], Unset] = UNSET,
        label: Union[str, Unset] = UNSET,
        description: Union[str, Unset] = UNSET,
        position: Union[int, Unset] = UNSET,
        default_value: Union[Union[str, float, bool, List[str]], Unset] = UNSET,
        pattern: Union[str, Unset] = UNSET,
        minimum: Union[Union[float, str], Unset] = UNSET,
        maximum: Union[Union[float, str], Unset] = UNSET,
        retired_options: Union[List[str], Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Field:
        """A new field; an organization has at most 200."""
        return cast("Field", await self._caller.call("fields.create", {"field_name": field_name, "field_type": field_type, "is_required": is_required, "options": options, "label": label, "description": description, "position": position, "default_value": default_value, "pattern": pattern, "minimum": minimum, "maximum": maximum, "retired_options": retired_options, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def update(
        self,
        *,
        id: str,
        field_name: Union[str, Unset] = UNSET,
        field_type: Union[FieldType, Unset] = UNSET,
        is_required: Union[bool, Unset] = UNSET,
        options: Union[List[str], Unset] = UNSET,
        label: Union[Optional[str], Unset] = UNSET,
        description: Union[Optional[str], Unset] = UNSET,
        position: Union[int, Unset] = UNSET,
        default_value: Union[Optional[Union[str, float, bool, List[str]]], Unset] = UNSET,
        pattern: Union[Optional[str], Unset] = UNSET,
        minimum: Union[Optional[Union[float, str]], Unset] = UNSET,
        maximum: Union[Optional[Union[float, str]], Unset] = UNSET,
        retired_options: Union[List[str], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Field:
        """Changes a field; what is left out stays. No value is lost: while customers have values of it, its type cannot change, and an option that one has can be retired, but not removed; a new pattern or range is for values that are set from then on."""
        return cast("Field", await self._caller.call("fields.update", {"id": id, "field_name": field_name, "field_type": field_type, "is_required": is_required, "options": options, "label": label, "description": description, "position": position, "default_value": default_value, "pattern": pattern, "minimum": minimum, "maximum": maximum, "retired_options": retired_options, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def delete(
        self,
        *,
        id: str,
        force: Union[bool, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes a field. Macros that name it can no longer be rendered."""
        return cast("DeleteResult", await self._caller.call("fields.delete", {"id": id, "force": force, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def usage(
        self,
        *,
        id: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> FieldsUsageResult:
        """How many customers have a value of a field, and each of its options, retired ones too. Who is deleted or merged into another keeps their values and is counted."""
        return cast("FieldsUsageResult", await self._caller.call("fields.usage", {"id": id, "session": session, "token": token}))


class SyncFields:
    """The methods fields.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def list(
        self,
        *,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> FieldsListResult:
        """The fields that the organization keeps about its customers, by position."""
        return cast("FieldsListResult", self._caller.call("fields.list", {"limit": limit, "cursor": cursor, "session": session, "token": token}))

    def list_all(
        self,
        *,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Iterator[Field]:
        """Every item of fields.list, page after page."""
        return cast("Iterator[Field]", self._caller.pages("fields.list", {"limit": limit, "cursor": cursor, "session": session, "token": token}))

    def create(
        self,
        *,
        field_name: str,
        field_type: FieldType,
        is_required: Union[bool, Unset] = UNSET,
        options: Union[List[str], Unset] = UNSET,
        label: Union[str, Unset] = UNSET,
        description: Union[str, Unset] = UNSET,
        position: Union[int, Unset] = UNSET,
        default_value: Union[Union[str, float, bool, List[str]], Unset] = UNSET,
        pattern: Union[str, Unset] = UNSET,
        minimum: Union[Union[float, str], Unset] = UNSET,
        maximum: Union[Union[float, str], Unset] = UNSET,
        retired_options: Union[List[str], Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Field:
        """A new field; an organization has at most 200."""
        return cast("Field", self._caller.call("fields.create", {"field_name": field_name, "field_type": field_type, "is_required": is_required, "options": options, "label": label, "description": description, "position": position, "default_value": default_value, "pattern": pattern, "minimum": minimum, "maximum": maximum, "retired_options": retired_options, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def update(
        self,
        *,
        id: str,
        field_name: Union[str, Unset] = UNSET,
        field_type: Union[FieldType, Unset] = UNSET,
        is_required: Union[bool, Unset] = UNSET,
        options: Union[List[str], Unset] = UNSET,
        label: Union[Optional[str], Unset] = UNSET,
        description: Union[Optional[str], Unset] = UNSET,
        position: Union[int, Unset] = UNSET,
        default_value: Union[Optional[Union[str, float, bool, List[str]]], Unset] = UNSET,
        pattern: Union[Optional[str], Unset] = UNSET,
        minimum: Union[Optional[Union[float, str]], Unset] = UNSET,
        maximum: Union[Optional[Union[float, str]], Unset] = UNSET,
        retired_options: Union[List[str], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Field:
        """Changes a field; what is left out stays. No value is lost: while customers have values of it, its type cannot change, and an option that one has can be retired, but not removed; a new pattern or range is for values that are set from then on."""
        return cast("Field", self._caller.call("fields.update", {"id": id, "field_name": field_name, "field_type": field_type, "is_required": is_required, "options": options, "label": label, "description": description, "position": position, "default_value": default_value, "pattern": pattern, "minimum": minimum, "maximum": maximum, "retired_options": retired_options, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def delete(
        self,
        *,
        id: str,
        force: Union[bool, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes a field. Macros that name it can no longer be rendered."""
        return cast("DeleteResult", self._caller.call("fields.delete", {"id": id, "force": force, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def usage(
        self,
        *,
        id: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> FieldsUsageResult:
        """How many customers have a value of a field, and each of its options, retired ones too. Who is deleted or merged into another keeps their values and is counted."""
        return cast("FieldsUsageResult", self._caller.call("fields.usage", {"id": id, "session": session, "token": token}))


class AsyncTickets:
    """The methods tickets.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def list(
        self,
        *,
        status: Union[Union[TicketStatus, List[TicketStatus]], Unset] = UNSET,
        priority: Union[Union[TicketPriority, List[TicketPriority]], Unset] = UNSET,
        assigned_to: Union[Union[str, TicketsListAssignedTo], Unset] = UNSET,
        customer_id: Union[str, Unset] = UNSET,
        text: Union[str, Unset] = UNSET,
        last_activity_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        created_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        tags: Union[List[str], Unset] = UNSET,
        tags_match: Union[TicketsListTagsMatch, Unset] = UNSET,
        snoozed: Union[bool, Unset] = UNSET,
        query: Union[str, Unset] = UNSET,
        view_id: Union[str, Unset] = UNSET,
        fields: Union[Mapping[str, Union[Union[str, float, bool], List[Union[str, float, bool]], CustomersListFields, None]], Unset] = UNSET,
        updated_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        has_note: Union[bool, Unset] = UNSET,
        sort: Union[ViewSort, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> TicketsListResult:
        """A page of tickets, filtered and sorted."""
        return cast("TicketsListResult", await self._caller.call("tickets.list", {"status": status, "priority": priority, "assigned_to": assigned_to, "customer_id": customer_id, "text": text, "last_activity_at": last_activity_at, "created_at": created_at, "tags": tags, "tags_match": tags_match, "snoozed": snoozed, "query": query, "view_id": view_id, "fields": fields, "updated_at": updated_at, "has_note": has_note, "sort": sort, "descending": descending, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    def list_all(
        self,
        *,
        status: Union[Union[TicketStatus, List[TicketStatus]], Unset] = UNSET,
        priority: Union[Union[TicketPriority, List[TicketPriority]], Unset] = UNSET,
        assigned_to: Union[Union[str, TicketsListAssignedTo], Unset] = UNSET,
        customer_id: Union[str, Unset] = UNSET,
        text: Union[str, Unset] = UNSET,
        last_activity_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        created_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        tags: Union[List[str], Unset] = UNSET,
        tags_match: Union[TicketsListTagsMatch, Unset] = UNSET,
        snoozed: Union[bool, Unset] = UNSET,
        query: Union[str, Unset] = UNSET,
        view_id: Union[str, Unset] = UNSET,
        fields: Union[Mapping[str, Union[Union[str, float, bool], List[Union[str, float, bool]], CustomersListFields, None]], Unset] = UNSET,
        updated_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        has_note: Union[bool, Unset] = UNSET,
        sort: Union[ViewSort, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AsyncIterator[TicketRow]:
        """Every item of tickets.list, page after page."""
        return cast("AsyncIterator[TicketRow]", self._caller.pages("tickets.list", {"status": status, "priority": priority, "assigned_to": assigned_to, "customer_id": customer_id, "text": text, "last_activity_at": last_activity_at, "created_at": created_at, "tags": tags, "tags_match": tags_match, "snoozed": snoozed, "query": query, "view_id": view_id, "fields": fields, "updated_at": updated_at, "has_note": has_note, "sort": sort, "descending": descending, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    async def get(
        self,
        *,
        id: Union[str, Unset] = UNSET,
        number: Union[int, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Ticket:
        """One ticket with its customer, assignee, followers, message count and last message."""
        return cast("Ticket", await self._caller.call("tickets.get", {"id": id, "number": number, "include_deleted": include_deleted, "session": session, "token": token}))

    async def create(
        self,
        *,
        subject: str,
        customer_id: Union[str, Unset] = UNSET,
        customer: Union[TicketsCreateCustomer, Unset] = UNSET,
        assigned_to: Union[Optional[Union[str, Literal["me"]]], Unset] = UNSET,
        priority: Union[TicketPriority, Unset] = UNSET,
        status: Union[TicketStatus, Unset] = UNSET,
        tags: Union[List[str], Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        message: Union[TicketsCreateMessage, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """A new ticket, with its customer found or made by any of their identities and its first message if these are given, all at once or not at all. A customer who exists already is left as they are; customers.upsert changes them."""
        return cast("Ticket", await self._caller.call("tickets.create", {"subject": subject, "customer_id": customer_id, "customer": customer, "assigned_to": assigned_to, "priority": priority, "status": status, "tags": tags, "metadata": metadata, "message": message, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def update(
        self,
        *,
        id: str,
        subject: Union[str, Unset] = UNSET,
        priority: Union[TicketPriority, Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        metadata_patch: Union[Mapping[str, JSON], Unset] = UNSET,
        tags: Union[TicketsUpdateTags, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Changes a ticket's subject, priority, tags or metadata; what is left out stays."""
        return cast("Ticket", await self._caller.call("tickets.update", {"id": id, "subject": subject, "priority": priority, "metadata": metadata, "metadata_patch": metadata_patch, "tags": tags, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def assign(
        self,
        *,
        id: str,
        assigned_to: Optional[Union[str, Literal["me"]]],
        expected: Union[Optional[Union[str, Literal["me"]]], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Gives a ticket to an agent or to nobody. With expected it is a claim: it changes hands only where it still is in the hands it was seen in. A solved ticket has somebody."""
        return cast("Ticket", await self._caller.call("tickets.assign", {"id": id, "assigned_to": assigned_to, "expected": expected, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def set_status(
        self,
        *,
        id: str,
        status: TicketStatus,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Opens, parks (pending), solves or closes a ticket. Who solves one that nobody has, has it; a closed one stays closed."""
        return cast("Ticket", await self._caller.call("tickets.set_status", {"id": id, "status": status, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def merge(
        self,
        *,
        id: str,
        sources: List[str],
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Merges other tickets into one: their messages move there and stand by time, they are closed and point at it (merged_into), and what is written to them later arrives there, too. Internal notes on all of them say so. The customer stays the target's; every message keeps its sender. A target that is solved or asleep is opened where somebody waits in what it takes in. Other changes of a merged ticket are refused, with merged_into. tickets.unmerge undoes it."""
        return cast("Ticket", await self._caller.call("tickets.merge", {"id": id, "sources": sources, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def unmerge(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Undoes a merge: the messages that came with the ticket, and those written to it since, go back to it; what was split off stays where it was put. Tags and followers that the merge alone brought leave, but for what somebody gave the target since. Status and assignee are again what they were, but open where the customer wrote since; a ticket that was closed is reopened or followed up, as what its customer writes to any closed one."""
        return cast("Ticket", await self._caller.call("tickets.unmerge", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def split(
        self,
        *,
        id: str,
        message_id: str,
        subject: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Moves a message and everything said later to a new ticket, which names where it comes from (split_from). It is open, has priority and assignee of the other, and belongs to the customer who wrote the message, or to the same. Internal notes on both say so. Answers the new ticket."""
        return cast("Ticket", await self._caller.call("tickets.split", {"id": id, "message_id": message_id, "subject": subject, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def claim(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Gives a ticket that nobody has to the caller. Who has it already keeps it; where somebody else has it, that is a conflict, and data.details says who."""
        return cast("Ticket", await self._caller.call("tickets.claim", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def snooze(
        self,
        *,
        id: str,
        until: str,
        keep_on_reply: Union[bool, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Puts an open or pending ticket to sleep until a time. It wakes then, when its customer writes, or when it is solved; its status stays what it is."""
        return cast("Ticket", await self._caller.call("tickets.snooze", {"id": id, "until": until, "keep_on_reply": keep_on_reply, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def unsnooze(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Wakes a ticket; one that is awake stays so."""
        return cast("Ticket", await self._caller.call("tickets.unsnooze", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def follow(
        self,
        *,
        id: str,
        agent_id: Union[Union[str, Literal["me"]], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Makes the caller, or a colleague, a follower of a ticket; at most 100 follow one. A ticket's version does not count its followers."""
        return cast("Ticket", await self._caller.call("tickets.follow", {"id": id, "agent_id": agent_id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def unfollow(
        self,
        *,
        id: str,
        agent_id: Union[Union[str, Literal["me"]], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Ends the caller's, or a colleague's, following of a ticket; who does not follow it goes on not to."""
        return cast("Ticket", await self._caller.call("tickets.unfollow", {"id": id, "agent_id": agent_id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def viewing(
        self,
        *,
        ticket_id: str,
        mode: TicketsViewingMode,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> TicketsViewingResult:
        """Tells the others that the caller reads a ticket, or writes on it, for the next 60 seconds; say it again before. Answers who else is there. It changes nothing about the ticket and is kept in no history."""
        return cast("TicketsViewingResult", await self._caller.call("tickets.viewing", {"ticket_id": ticket_id, "mode": mode, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def delete(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes a ticket with its messages: they show nowhere, until tickets.restore or for good after the days that the organization keeps what is deleted."""
        return cast("DeleteResult", await self._caller.call("tickets.delete", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def restore(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Brings a deleted ticket back as it was; one that went with its customer comes back with them only."""
        return cast("Ticket", await self._caller.call("tickets.restore", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def count(
        self,
        *,
        status: Union[Union[TicketStatus, List[TicketStatus]], Unset] = UNSET,
        priority: Union[Union[TicketPriority, List[TicketPriority]], Unset] = UNSET,
        assigned_to: Union[Union[str, TicketsListAssignedTo], Unset] = UNSET,
        customer_id: Union[str, Unset] = UNSET,
        text: Union[str, Unset] = UNSET,
        last_activity_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        created_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        tags: Union[List[str], Unset] = UNSET,
        tags_match: Union[TicketsListTagsMatch, Unset] = UNSET,
        snoozed: Union[bool, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> TicketsCountResult:
        """How many tickets there are, by status and by assignee, counted one by one."""
        return cast("TicketsCountResult", await self._caller.call("tickets.count", {"status": status, "priority": priority, "assigned_to": assigned_to, "customer_id": customer_id, "text": text, "last_activity_at": last_activity_at, "created_at": created_at, "tags": tags, "tags_match": tags_match, "snoozed": snoozed, "include_deleted": include_deleted, "session": session, "token": token}))

    async def export(
        self,
        *,
        cursor: Union[str, Unset] = UNSET,
        part_bytes: Union[int, Unset] = UNSET,
        progress: Union[bool, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> ExportResult:
        """All tickets as tickets.get shows them, without their messages, in parts: each comes as a notification export.part, as fast as they are read; the answer comes after the last."""
        return cast("ExportResult", await self._caller.call("tickets.export", {"cursor": cursor, "part_bytes": part_bytes, "progress": progress, "include_deleted": include_deleted, "session": session, "token": token}))

    async def history(
        self,
        *,
        id: str,
        only_status: Union[bool, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> TicketsHistoryResult:
        """A page of what was done to a ticket and its messages, the latest first: who, when, by which method, what, from and to; and how long each status lasted."""
        return cast("TicketsHistoryResult", await self._caller.call("tickets.history", {"id": id, "only_status": only_status, "descending": descending, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def history_all(
        self,
        *,
        id: str,
        only_status: Union[bool, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AsyncIterator[TicketsHistoryResultItems]:
        """Every item of tickets.history, page after page."""
        return cast("AsyncIterator[TicketsHistoryResultItems]", self._caller.pages("tickets.history", {"id": id, "only_status": only_status, "descending": descending, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    async def at(
        self,
        *,
        id: str,
        time: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> TicketsAtResult:
        """A ticket as it was at an instant, with its messages of then counted and the last of them."""
        return cast("TicketsAtResult", await self._caller.call("tickets.at", {"id": id, "time": time, "session": session, "token": token}))

    async def diff(
        self,
        *,
        id: str,
        from_: Union[int, str],
        to: Union[Union[int, str], Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> TicketsDiffResult:
        """What is different in a ticket between two of its versions or two instants."""
        return cast("TicketsDiffResult", await self._caller.call("tickets.diff", {"id": id, "from": from_, "to": to, "session": session, "token": token}))


class SyncTickets:
    """The methods tickets.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def list(
        self,
        *,
        status: Union[Union[TicketStatus, List[TicketStatus]], Unset] = UNSET,
        priority: Union[Union[TicketPriority, List[TicketPriority]], Unset] = UNSET,
        assigned_to: Union[Union[str, TicketsListAssignedTo], Unset] = UNSET,
        customer_id: Union[str, Unset] = UNSET,
        text: Union[str, Unset] = UNSET,
        last_activity_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        created_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        tags: Union[List[str], Unset] = UNSET,
        tags_match: Union[TicketsListTagsMatch, Unset] = UNSET,
        snoozed: Union[bool, Unset] = UNSET,
        query: Union[str, Unset] = UNSET,
        view_id: Union[str, Unset] = UNSET,
        fields: Union[Mapping[str, Union[Union[str, float, bool], List[Union[str, float, bool]], CustomersListFields, None]], Unset] = UNSET,
        updated_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        has_note: Union[bool, Unset] = UNSET,
        sort: Union[ViewSort, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> TicketsListResult:
        """A page of tickets, filtered and sorted."""
        return cast("TicketsListResult", self._caller.call("tickets.list", {"status": status, "priority": priority, "assigned_to": assigned_to, "customer_id": customer_id, "text": text, "last_activity_at": last_activity_at, "created_at": created_at, "tags": tags, "tags_match": tags_match, "snoozed": snoozed, "query": query, "view_id": view_id, "fields": fields, "updated_at": updated_at, "has_note": has_note, "sort": sort, "descending": descending, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    def list_all(
        self,
        *,
        status: Union[Union[TicketStatus, List[TicketStatus]], Unset] = UNSET,
        priority: Union[Union[TicketPriority, List[TicketPriority]], Unset] = UNSET,
        assigned_to: Union[Union[str, TicketsListAssignedTo], Unset] = UNSET,
        customer_id: Union[str, Unset] = UNSET,
        text: Union[str, Unset] = UNSET,
        last_activity_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        created_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        tags: Union[List[str], Unset] = UNSET,
        tags_match: Union[TicketsListTagsMatch, Unset] = UNSET,
        snoozed: Union[bool, Unset] = UNSET,
        query: Union[str, Unset] = UNSET,
        view_id: Union[str, Unset] = UNSET,
        fields: Union[Mapping[str, Union[Union[str, float, bool], List[Union[str, float, bool]], CustomersListFields, None]], Unset] = UNSET,
        updated_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        has_note: Union[bool, Unset] = UNSET,
        sort: Union[ViewSort, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Iterator[TicketRow]:
        """Every item of tickets.list, page after page."""
        return cast("Iterator[TicketRow]", self._caller.pages("tickets.list", {"status": status, "priority": priority, "assigned_to": assigned_to, "customer_id": customer_id, "text": text, "last_activity_at": last_activity_at, "created_at": created_at, "tags": tags, "tags_match": tags_match, "snoozed": snoozed, "query": query, "view_id": view_id, "fields": fields, "updated_at": updated_at, "has_note": has_note, "sort": sort, "descending": descending, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    def get(
        self,
        *,
        id: Union[str, Unset] = UNSET,
        number: Union[int, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Ticket:
        """One ticket with its customer, assignee, followers, message count and last message."""
        return cast("Ticket", self._caller.call("tickets.get", {"id": id, "number": number, "include_deleted": include_deleted, "session": session, "token": token}))

    def create(
        self,
        *,
        subject: str,
        customer_id: Union[str, Unset] = UNSET,
        customer: Union[TicketsCreateCustomer, Unset] = UNSET,
        assigned_to: Union[Optional[Union[str, Literal["me"]]], Unset] = UNSET,
        priority: Union[TicketPriority, Unset] = UNSET,
        status: Union[TicketStatus, Unset] = UNSET,
        tags: Union[List[str], Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        message: Union[TicketsCreateMessage, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """A new ticket, with its customer found or made by any of their identities and its first message if these are given, all at once or not at all. A customer who exists already is left as they are; customers.upsert changes them."""
        return cast("Ticket", self._caller.call("tickets.create", {"subject": subject, "customer_id": customer_id, "customer": customer, "assigned_to": assigned_to, "priority": priority, "status": status, "tags": tags, "metadata": metadata, "message": message, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def update(
        self,
        *,
        id: str,
        subject: Union[str, Unset] = UNSET,
        priority: Union[TicketPriority, Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        metadata_patch: Union[Mapping[str, JSON], Unset] = UNSET,
        tags: Union[TicketsUpdateTags, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Changes a ticket's subject, priority, tags or metadata; what is left out stays."""
        return cast("Ticket", self._caller.call("tickets.update", {"id": id, "subject": subject, "priority": priority, "metadata": metadata, "metadata_patch": metadata_patch, "tags": tags, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def assign(
        self,
        *,
        id: str,
        assigned_to: Optional[Union[str, Literal["me"]]],
        expected: Union[Optional[Union[str, Literal["me"]]], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Gives a ticket to an agent or to nobody. With expected it is a claim: it changes hands only where it still is in the hands it was seen in. A solved ticket has somebody."""
        return cast("Ticket", self._caller.call("tickets.assign", {"id": id, "assigned_to": assigned_to, "expected": expected, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def set_status(
        self,
        *,
        id: str,
        status: TicketStatus,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Opens, parks (pending), solves or closes a ticket. Who solves one that nobody has, has it; a closed one stays closed."""
        return cast("Ticket", self._caller.call("tickets.set_status", {"id": id, "status": status, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def merge(
        self,
        *,
        id: str,
        sources: List[str],
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Merges other tickets into one: their messages move there and stand by time, they are closed and point at it (merged_into), and what is written to them later arrives there, too. Internal notes on all of them say so. The customer stays the target's; every message keeps its sender. A target that is solved or asleep is opened where somebody waits in what it takes in. Other changes of a merged ticket are refused, with merged_into. tickets.unmerge undoes it."""
        return cast("Ticket", self._caller.call("tickets.merge", {"id": id, "sources": sources, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def unmerge(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Undoes a merge: the messages that came with the ticket, and those written to it since, go back to it; what was split off stays where it was put. Tags and followers that the merge alone brought leave, but for what somebody gave the target since. Status and assignee are again what they were, but open where the customer wrote since; a ticket that was closed is reopened or followed up, as what its customer writes to any closed one."""
        return cast("Ticket", self._caller.call("tickets.unmerge", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def split(
        self,
        *,
        id: str,
        message_id: str,
        subject: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Moves a message and everything said later to a new ticket, which names where it comes from (split_from). It is open, has priority and assignee of the other, and belongs to the customer who wrote the message, or to the same. Internal notes on both say so. Answers the new ticket."""
        return cast("Ticket", self._caller.call("tickets.split", {"id": id, "message_id": message_id, "subject": subject, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def claim(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Gives a ticket that nobody has to the caller. Who has it already keeps it; where somebody else has it, that is a conflict, and data.details says who."""
        return cast("Ticket", self._caller.call("tickets.claim", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def snooze(
        self,
        *,
        id: str,
        until: str,
        keep_on_reply: Union[bool, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Puts an open or pending ticket to sleep until a time. It wakes then, when its customer writes, or when it is solved; its status stays what it is."""
        return cast("Ticket", self._caller.call("tickets.snooze", {"id": id, "until": until, "keep_on_reply": keep_on_reply, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def unsnooze(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Wakes a ticket; one that is awake stays so."""
        return cast("Ticket", self._caller.call("tickets.unsnooze", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def follow(
        self,
        *,
        id: str,
        agent_id: Union[Union[str, Literal["me"]], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Makes the caller, or a colleague, a follower of a ticket; at most 100 follow one. A ticket's version does not count its followers."""
        return cast("Ticket", self._caller.call("tickets.follow", {"id": id, "agent_id": agent_id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def unfollow(
        self,
        *,
        id: str,
        agent_id: Union[Union[str, Literal["me"]], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Ends the caller's, or a colleague's, following of a ticket; who does not follow it goes on not to."""
        return cast("Ticket", self._caller.call("tickets.unfollow", {"id": id, "agent_id": agent_id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def viewing(
        self,
        *,
        ticket_id: str,
        mode: TicketsViewingMode,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> TicketsViewingResult:
        """Tells the others that the caller reads a ticket, or writes on it, for the next 60 seconds; say it again before. Answers who else is there. It changes nothing about the ticket and is kept in no history."""
        return cast("TicketsViewingResult", self._caller.call("tickets.viewing", {"ticket_id": ticket_id, "mode": mode, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def delete(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes a ticket with its messages: they show nowhere, until tickets.restore or for good after the days that the organization keeps what is deleted."""
        return cast("DeleteResult", self._caller.call("tickets.delete", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def restore(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Ticket:
        """Brings a deleted ticket back as it was; one that went with its customer comes back with them only."""
        return cast("Ticket", self._caller.call("tickets.restore", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def count(
        self,
        *,
        status: Union[Union[TicketStatus, List[TicketStatus]], Unset] = UNSET,
        priority: Union[Union[TicketPriority, List[TicketPriority]], Unset] = UNSET,
        assigned_to: Union[Union[str, TicketsListAssignedTo], Unset] = UNSET,
        customer_id: Union[str, Unset] = UNSET,
        text: Union[str, Unset] = UNSET,
        last_activity_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        created_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        tags: Union[List[str], Unset] = UNSET,
        tags_match: Union[TicketsListTagsMatch, Unset] = UNSET,
        snoozed: Union[bool, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> TicketsCountResult:
        """How many tickets there are, by status and by assignee, counted one by one."""
        return cast("TicketsCountResult", self._caller.call("tickets.count", {"status": status, "priority": priority, "assigned_to": assigned_to, "customer_id": customer_id, "text": text, "last_activity_at": last_activity_at, "created_at": created_at, "tags": tags, "tags_match": tags_match, "snoozed": snoozed, "include_deleted": include_deleted, "session": session, "token": token}))

    def export(
        self,
        *,
        cursor: Union[str, Unset] = UNSET,
        part_bytes: Union[int, Unset] = UNSET,
        progress: Union[bool, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> ExportResult:
        """All tickets as tickets.get shows them, without their messages, in parts: each comes as a notification export.part, as fast as they are read; the answer comes after the last."""
        return cast("ExportResult", self._caller.call("tickets.export", {"cursor": cursor, "part_bytes": part_bytes, "progress": progress, "include_deleted": include_deleted, "session": session, "token": token}))

    def history(
        self,
        *,
        id: str,
        only_status: Union[bool, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> TicketsHistoryResult:
        """A page of what was done to a ticket and its messages, the latest first: who, when, by which method, what, from and to; and how long each status lasted."""
        return cast("TicketsHistoryResult", self._caller.call("tickets.history", {"id": id, "only_status": only_status, "descending": descending, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def history_all(
        self,
        *,
        id: str,
        only_status: Union[bool, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Iterator[TicketsHistoryResultItems]:
        """Every item of tickets.history, page after page."""
        return cast("Iterator[TicketsHistoryResultItems]", self._caller.pages("tickets.history", {"id": id, "only_status": only_status, "descending": descending, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def at(
        self,
        *,
        id: str,
        time: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> TicketsAtResult:
        """A ticket as it was at an instant, with its messages of then counted and the last of them."""
        return cast("TicketsAtResult", self._caller.call("tickets.at", {"id": id, "time": time, "session": session, "token": token}))

    def diff(
        self,
        *,
        id: str,
        from_: Union[int, str],
        to: Union[Union[int, str], Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> TicketsDiffResult:
        """What is different in a ticket between two of its versions or two instants."""
        return cast("TicketsDiffResult", self._caller.call("tickets.diff", {"id": id, "from": from_, "to": to, "session": session, "token": token}))


class AsyncTags:
    """The methods tags.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def list(
        self,
        *,
        prefix: Union[str, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> TagsListResult:
        """A page of the organization's tags by name, each with how many tickets have it."""
        return cast("TagsListResult", await self._caller.call("tags.list", {"prefix": prefix, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def list_all(
        self,
        *,
        prefix: Union[str, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AsyncIterator[Tag]:
        """Every item of tags.list, page after page."""
        return cast("AsyncIterator[Tag]", self._caller.pages("tags.list", {"prefix": prefix, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    async def rename(
        self,
        *,
        id: str,
        name: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Tag:
        """Gives a tag another name, on all of its tickets. Where that name is taken, tags.merge makes one of both."""
        return cast("Tag", await self._caller.call("tags.rename", {"id": id, "name": name, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def merge(
        self,
        *,
        id: str,
        into: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Tag:
        """Makes one tag of two: every ticket of the first gets the second, and the first is gone."""
        return cast("Tag", await self._caller.call("tags.merge", {"id": id, "into": into, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def delete(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes a tag, off all of its tickets as well."""
        return cast("DeleteResult", await self._caller.call("tags.delete", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))


class SyncTags:
    """The methods tags.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def list(
        self,
        *,
        prefix: Union[str, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> TagsListResult:
        """A page of the organization's tags by name, each with how many tickets have it."""
        return cast("TagsListResult", self._caller.call("tags.list", {"prefix": prefix, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def list_all(
        self,
        *,
        prefix: Union[str, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Iterator[Tag]:
        """Every item of tags.list, page after page."""
        return cast("Iterator[Tag]", self._caller.pages("tags.list", {"prefix": prefix, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def rename(
        self,
        *,
        id: str,
        name: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Tag:
        """Gives a tag another name, on all of its tickets. Where that name is taken, tags.merge makes one of both."""
        return cast("Tag", self._caller.call("tags.rename", {"id": id, "name": name, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def merge(
        self,
        *,
        id: str,
        into: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Tag:
        """Makes one tag of two: every ticket of the first gets the second, and the first is gone."""
        return cast("Tag", self._caller.call("tags.merge", {"id": id, "into": into, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def delete(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes a tag, off all of its tickets as well."""
        return cast("DeleteResult", self._caller.call("tags.delete", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))


class AsyncSearch:
    """The methods search.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def query(
        self,
        *,
        query: Union[str, Unset] = UNSET,
        view_id: Union[str, Unset] = UNSET,
        sort: Union[SearchSort, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> SearchResult:
        """Tickets by words and qualifiers, ranked, with the text around what was found; see Search in the reference. It ranks at most 1,000 tickets, of a common word those written last."""
        return cast("SearchResult", await self._caller.call("search", {"query": query, "view_id": view_id, "sort": sort, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def query_all(
        self,
        *,
        query: Union[str, Unset] = UNSET,
        view_id: Union[str, Unset] = UNSET,
        sort: Union[SearchSort, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AsyncIterator[SearchResultItems]:
        """Every item of search, page after page."""
        return cast("AsyncIterator[SearchResultItems]", self._caller.pages("search", {"query": query, "view_id": view_id, "sort": sort, "limit": limit, "cursor": cursor, "session": session, "token": token}))


class SyncSearch:
    """The methods search.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def query(
        self,
        *,
        query: Union[str, Unset] = UNSET,
        view_id: Union[str, Unset] = UNSET,
        sort: Union[SearchSort, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> SearchResult:
        """Tickets by words and qualifiers, ranked, with the text around what was found; see Search in the reference. It ranks at most 1,000 tickets, of a common word those written last."""
        return cast("SearchResult", self._caller.call("search", {"query": query, "view_id": view_id, "sort": sort, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def query_all(
        self,
        *,
        query: Union[str, Unset] = UNSET,
        view_id: Union[str, Unset] = UNSET,
        sort: Union[SearchSort, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Iterator[SearchResultItems]:
        """Every item of search, page after page."""
        return cast("Iterator[SearchResultItems]", self._caller.pages("search", {"query": query, "view_id": view_id, "sort": sort, "limit": limit, "cursor": cursor, "session": session, "token": token}))


class AsyncViews:
    """The methods views.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def list(
        self,
        *,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> ViewsListResult:
        """The caller's own views and those that are shared, by name."""
        return cast("ViewsListResult", await self._caller.call("views.list", {"limit": limit, "cursor": cursor, "session": session, "token": token}))

    def list_all(
        self,
        *,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AsyncIterator[View]:
        """Every item of views.list, page after page."""
        return cast("AsyncIterator[View]", self._caller.pages("views.list", {"limit": limit, "cursor": cursor, "session": session, "token": token}))

    async def get(
        self,
        *,
        id: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> View:
        """One view."""
        return cast("View", await self._caller.call("views.get", {"id": id, "session": session, "token": token}))

    async def create(
        self,
        *,
        name: str,
        query: Union[str, Unset] = UNSET,
        sort: Union[ViewSort, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        columns: Union[List[str], Unset] = UNSET,
        is_shared: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> View:
        """A new view of the caller's, their own or shared with everyone."""
        return cast("View", await self._caller.call("views.create", {"name": name, "query": query, "sort": sort, "descending": descending, "columns": columns, "is_shared": is_shared, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def update(
        self,
        *,
        id: str,
        name: Union[str, Unset] = UNSET,
        query: Union[str, Unset] = UNSET,
        sort: Union[ViewSort, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        columns: Union[List[str], Unset] = UNSET,
        is_shared: Union[bool, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> View:
        """Changes a view; what is left out stays. Of others' views only shared ones, and only for an admin."""
        return cast("View", await self._caller.call("views.update", {"id": id, "name": name, "query": query, "sort": sort, "descending": descending, "columns": columns, "is_shared": is_shared, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def delete(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes a view, not its tickets. Of others' views only shared ones, and only for an admin."""
        return cast("DeleteResult", await self._caller.call("views.delete", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def counts(
        self,
        *,
        ids: List[str],
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> ViewsCountsResult:
        """How many tickets each of several views has, all of one moment; each counted up to a limit."""
        return cast("ViewsCountsResult", await self._caller.call("views.counts", {"ids": ids, "session": session, "token": token}))


class SyncViews:
    """The methods views.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def list(
        self,
        *,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> ViewsListResult:
        """The caller's own views and those that are shared, by name."""
        return cast("ViewsListResult", self._caller.call("views.list", {"limit": limit, "cursor": cursor, "session": session, "token": token}))

    def list_all(
        self,
        *,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Iterator[View]:
        """Every item of views.list, page after page."""
        return cast("Iterator[View]", self._caller.pages("views.list", {"limit": limit, "cursor": cursor, "session": session, "token": token}))

    def get(
        self,
        *,
        id: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> View:
        """One view."""
        return cast("View", self._caller.call("views.get", {"id": id, "session": session, "token": token}))

    def create(
        self,
        *,
        name: str,
        query: Union[str, Unset] = UNSET,
        sort: Union[ViewSort, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        columns: Union[List[str], Unset] = UNSET,
        is_shared: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> View:
        """A new view of the caller's, their own or shared with everyone."""
        return cast("View", self._caller.call("views.create", {"name": name, "query": query, "sort": sort, "descending": descending, "columns": columns, "is_shared": is_shared, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def update(
        self,
        *,
        id: str,
        name: Union[str, Unset] = UNSET,
        query: Union[str, Unset] = UNSET,
        sort: Union[ViewSort, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        columns: Union[List[str], Unset] = UNSET,
        is_shared: Union[bool, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> View:
        """Changes a view; what is left out stays. Of others' views only shared ones, and only for an admin."""
        return cast("View", self._caller.call("views.update", {"id": id, "name": name, "query": query, "sort": sort, "descending": descending, "columns": columns, "is_shared": is_shared, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def delete(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes a view, not its tickets. Of others' views only shared ones, and only for an admin."""
        return cast("DeleteResult", self._caller.call("views.delete", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def counts(
        self,
        *,
        ids: List[str],
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> ViewsCountsResult:
        """How many tickets each of several views has, all of one moment; each counted up to a limit."""
        return cast("ViewsCountsResult", self._caller.call("views.counts", {"ids": ids, "session": session, "token": token}))


class AsyncReports:
    """The methods reports.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def backlog(
        self,
        *,
        from_: Union[str, Unset] = UNSET,
        to: Union[str, Unset] = UNSET,
        by: Union[ReportsBacklogBy, Unset] = UNSET,
        group: Union[ReportsBacklogGroup, Unset] = UNSET,
        assigned_to: Union[Union[str, TicketsListAssignedTo], Unset] = UNSET,
        priority: Union[TicketPriority, Unset] = UNSET,
        tag: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> ReportsBacklogResult:
        """How many tickets were unsolved at the end of a period and of its parts."""
        return cast("ReportsBacklogResult", await self._caller.call("reports.backlog", {"from": from_, "to": to, "by": by, "group": group, "assigned_to": assigned_to, "priority": priority, "tag": tag, "session": session, "token": token}))

    async def volume(
        self,
        *,
        from_: Union[str, Unset] = UNSET,
        to: Union[str, Unset] = UNSET,
        by: Union[ReportsBacklogBy, Unset] = UNSET,
        group: Union[ReportsBacklogGroup, Unset] = UNSET,
        assigned_to: Union[Union[str, TicketsListAssignedTo], Unset] = UNSET,
        priority: Union[TicketPriority, Unset] = UNSET,
        tag: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> ReportsVolumeResult:
        """How many tickets were created, solved and reopened in a period, and how much of what was solved came back."""
        return cast("ReportsVolumeResult", await self._caller.call("reports.volume", {"from": from_, "to": to, "by": by, "group": group, "assigned_to": assigned_to, "priority": priority, "tag": tag, "session": session, "token": token}))

    async def times(
        self,
        *,
        from_: Union[str, Unset] = UNSET,
        to: Union[str, Unset] = UNSET,
        by: Union[ReportsBacklogBy, Unset] = UNSET,
        group: Union[ReportsBacklogGroup, Unset] = UNSET,
        assigned_to: Union[Union[str, TicketsListAssignedTo], Unset] = UNSET,
        priority: Union[TicketPriority, Unset] = UNSET,
        tag: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> ReportsTimesResult:
        """How long first responses and resolutions took, by the clock and within business hours: the median and what nine in ten did not exceed, in seconds."""
        return cast("ReportsTimesResult", await self._caller.call("reports.times", {"from": from_, "to": to, "by": by, "group": group, "assigned_to": assigned_to, "priority": priority, "tag": tag, "session": session, "token": token}))


class SyncReports:
    """The methods reports.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def backlog(
        self,
        *,
        from_: Union[str, Unset] = UNSET,
        to: Union[str, Unset] = UNSET,
        by: Union[ReportsBacklogBy, Unset] = UNSET,
        group: Union[ReportsBacklogGroup, Unset] = UNSET,
        assigned_to: Union[Union[str, TicketsListAssignedTo], Unset] = UNSET,
        priority: Union[TicketPriority, Unset] = UNSET,
        tag: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> ReportsBacklogResult:
        """How many tickets were unsolved at the end of a period and of its parts."""
        return cast("ReportsBacklogResult", self._caller.call("reports.backlog", {"from": from_, "to": to, "by": by, "group": group, "assigned_to": assigned_to, "priority": priority, "tag": tag, "session": session, "token": token}))

    def volume(
        self,
        *,
        from_: Union[str, Unset] = UNSET,
        to: Union[str, Unset] = UNSET,
        by: Union[ReportsBacklogBy, Unset] = UNSET,
        group: Union[ReportsBacklogGroup, Unset] = UNSET,
        assigned_to: Union[Union[str, TicketsListAssignedTo], Unset] = UNSET,
        priority: Union[TicketPriority, Unset] = UNSET,
        tag: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> ReportsVolumeResult:
        """How many tickets were created, solved and reopened in a period, and how much of what was solved came back."""
        return cast("ReportsVolumeResult", self._caller.call("reports.volume", {"from": from_, "to": to, "by": by, "group": group, "assigned_to": assigned_to, "priority": priority, "tag": tag, "session": session, "token": token}))

    def times(
        self,
        *,
        from_: Union[str, Unset] = UNSET,
        to: Union[str, Unset] = UNSET,
        by: Union[ReportsBacklogBy, Unset] = UNSET,
        group: Union[ReportsBacklogGroup, Unset] = UNSET,
        assigned_to: Union[Union[str, TicketsListAssignedTo], Unset] = UNSET,
        priority: Union[TicketPriority, Unset] = UNSET,
        tag: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> ReportsTimesResult:
        """How long first responses and resolutions took, by the clock and within business hours: the median and what nine in ten did not exceed, in seconds."""
        return cast("ReportsTimesResult", self._caller.call("reports.times", {"from": from_, "to": to, "by": by, "group": group, "assigned_to": assigned_to, "priority": priority, "tag": tag, "session": session, "token": token}))


class AsyncMessages:
    """The methods messages.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def list(
        self,
        *,
        ticket_id: str,
        include_internal: Union[bool, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> MessagesListResult:
        """A page of a ticket's messages by creation, the oldest first; long bodies are cut."""
        return cast("MessagesListResult", await self._caller.call("messages.list", {"ticket_id": ticket_id, "include_internal": include_internal, "descending": descending, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    def list_all(
        self,
        *,
        ticket_id: str,
        include_internal: Union[bool, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AsyncIterator[MessageRow]:
        """Every item of messages.list, page after page."""
        return cast("AsyncIterator[MessageRow]", self._caller.pages("messages.list", {"ticket_id": ticket_id, "include_internal": include_internal, "descending": descending, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    async def create(
        self,
        *,
        ticket_id: str,
        body: str,
        as_: Union[MessageSenderType, Unset] = UNSET,
        is_internal: Union[bool, Unset] = UNSET,
        is_automatic: Union[bool, Unset] = UNSET,
        email_message_id: Union[str, Unset] = UNSET,
        in_reply_to: Union[str, Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        seen_message_id: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Message:
        """A message on a ticket: a reply of the caller, an internal note, what the customer said, or a system message. What a customer said reopens the ticket; that of a blocked one is refused. A closed ticket takes no message but its customer's, which lands, by the organization's reopen_days, on the reopened ticket or on a follow-up: ticket_id of the result says where. deskpipe sends nothing by itself."""
        return cast("Message", await self._caller.call("messages.create", {"ticket_id": ticket_id, "body": body, "as": as_, "is_internal": is_internal, "is_automatic": is_automatic, "email_message_id": email_message_id, "in_reply_to": in_reply_to, "metadata": metadata, "seen_message_id": seen_message_id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def get(
        self,
        *,
        id: str,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Message:
        """One message with its whole body."""
        return cast("Message", await self._caller.call("messages.get", {"id": id, "include_deleted": include_deleted, "session": session, "token": token}))

    async def find(
        self,
        *,
        email_message_id: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Message:
        """The message that has an email message id, with its whole body."""
        return cast("Message", await self._caller.call("messages.find", {"email_message_id": email_message_id, "session": session, "token": token}))

    async def set_delivery(
        self,
        *,
        id: str,
        status: MessagesSetDeliveryStatus,
        error: Union[str, Unset] = UNSET,
        email_message_id: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Message:
        """Writes down what became of a message that a bridge sends; deskpipe itself sends nothing. A report never goes back from delivered or sent to an earlier state, while a failure may come at any time and be tried again."""
        return cast("Message", await self._caller.call("messages.set_delivery", {"id": id, "status": status, "error": error, "email_message_id": email_message_id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def delete(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes a message: it shows nowhere and counts for nothing, until messages.restore or for good after the days that the organization keeps what is deleted. Its email_message_id stays known, so that no mail comes in again."""
        return cast("DeleteResult", await self._caller.call("messages.delete", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def restore(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Message:
        """Brings a deleted message back to its place in its ticket."""
        return cast("Message", await self._caller.call("messages.restore", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def redact(
        self,
        *,
        id: str,
        text: Union[str, Unset] = UNSET,
        ranges: Union[List[MessagesRedactRanges], Unset] = UNSET,
        reason: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Message:
        """Covers a part of a message with ▇ for good: in the message, in what is searched, in its history, which keeps digests and a record of it, and in answers kept for idempotency keys. What is deleted, or on a deleted ticket, is redacted too. Nobody can undo it."""
        return cast("Message", await self._caller.call("messages.redact", {"id": id, "text": text, "ranges": ranges, "reason": reason, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))


class SyncMessages:
    """The methods messages.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def list(
        self,
        *,
        ticket_id: str,
        include_internal: Union[bool, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> MessagesListResult:
        """A page of a ticket's messages by creation, the oldest first; long bodies are cut."""
        return cast("MessagesListResult", self._caller.call("messages.list", {"ticket_id": ticket_id, "include_internal": include_internal, "descending": descending, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    def list_all(
        self,
        *,
        ticket_id: str,
        include_internal: Union[bool, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Iterator[MessageRow]:
        """Every item of messages.list, page after page."""
        return cast("Iterator[MessageRow]", self._caller.pages("messages.list", {"ticket_id": ticket_id, "include_internal": include_internal, "descending": descending, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    def create(
        self,
        *,
        ticket_id: str,
        body: str,
        as_: Union[MessageSenderType, Unset] = UNSET,
        is_internal: Union[bool, Unset] = UNSET,
        is_automatic: Union[bool, Unset] = UNSET,
        email_message_id: Union[str, Unset] = UNSET,
        in_reply_to: Union[str, Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        seen_message_id: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Message:
        """A message on a ticket: a reply of the caller, an internal note, what the customer said, or a system message. What a customer said reopens the ticket; that of a blocked one is refused. A closed ticket takes no message but its customer's, which lands, by the organization's reopen_days, on the reopened ticket or on a follow-up: ticket_id of the result says where. deskpipe sends nothing by itself."""
        return cast("Message", self._caller.call("messages.create", {"ticket_id": ticket_id, "body": body, "as": as_, "is_internal": is_internal, "is_automatic": is_automatic, "email_message_id": email_message_id, "in_reply_to": in_reply_to, "metadata": metadata, "seen_message_id": seen_message_id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def get(
        self,
        *,
        id: str,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Message:
        """One message with its whole body."""
        return cast("Message", self._caller.call("messages.get", {"id": id, "include_deleted": include_deleted, "session": session, "token": token}))

    def find(
        self,
        *,
        email_message_id: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Message:
        """The message that has an email message id, with its whole body."""
        return cast("Message", self._caller.call("messages.find", {"email_message_id": email_message_id, "session": session, "token": token}))

    def set_delivery(
        self,
        *,
        id: str,
        status: MessagesSetDeliveryStatus,
        error: Union[str, Unset] = UNSET,
        email_message_id: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Message:
        """Writes down what became of a message that a bridge sends; deskpipe itself sends nothing. A report never goes back from delivered or sent to an earlier state, while a failure may come at any time and be tried again."""
        return cast("Message", self._caller.call("messages.set_delivery", {"id": id, "status": status, "error": error, "email_message_id": email_message_id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def delete(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes a message: it shows nowhere and counts for nothing, until messages.restore or for good after the days that the organization keeps what is deleted. Its email_message_id stays known, so that no mail comes in again."""
        return cast("DeleteResult", self._caller.call("messages.delete", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def restore(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Message:
        """Brings a deleted message back to its place in its ticket."""
        return cast("Message", self._caller.call("messages.restore", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def redact(
        self,
        *,
        id: str,
        text: Union[str, Unset] = UNSET,
        ranges: Union[List[MessagesRedactRanges], Unset] = UNSET,
        reason: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Message:
        """Covers a part of a message with ▇ for good: in the message, in what is searched, in its history, which keeps digests and a record of it, and in answers kept for idempotency keys. What is deleted, or on a deleted ticket, is redacted too. Nobody can undo it."""
        return cast("Message", self._caller.call("messages.redact", {"id": id, "text": text, "ranges": ranges, "reason": reason, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))


class AsyncMacros:
    """The methods macros.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def list(
        self,
        *,
        text: Union[str, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> MacrosListResult:
        """A page of macros by title."""
        return cast("MacrosListResult", await self._caller.call("macros.list", {"text": text, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    def list_all(
        self,
        *,
        text: Union[str, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AsyncIterator[MacroRow]:
        """Every item of macros.list, page after page."""
        return cast("AsyncIterator[MacroRow]", self._caller.pages("macros.list", {"text": text, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    async def get(
        self,
        *,
        id: str,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Macro:
        """One macro with its whole template."""
        return cast("Macro", await self._caller.call("macros.get", {"id": id, "include_deleted": include_deleted, "session": session, "token": token}))

    async def create(
        self,
        *,
        title: str,
        body: Union[str, Unset] = UNSET,
        actions: Union[MacrosCreateActions, Unset] = UNSET,
        visibility: Union[MacroVisibility, Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Macro:
        """A new macro: a text, actions, or both. Its template is checked against the organization's fields."""
        return cast("Macro", await self._caller.call("macros.create", {"title": title, "body": body, "actions": actions, "visibility": visibility, "metadata": metadata, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def update(
        self,
        *,
        id: str,
        title: Union[str, Unset] = UNSET,
        body: Union[Optional[str], Unset] = UNSET,
        actions: Union[MacrosCreateActions, Unset] = UNSET,
        visibility: Union[MacroVisibility, Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        metadata_patch: Union[Mapping[str, JSON], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Macro:
        """Changes a macro; what is left out stays."""
        return cast("Macro", await self._caller.call("macros.update", {"id": id, "title": title, "body": body, "actions": actions, "visibility": visibility, "metadata": metadata, "metadata_patch": metadata_patch, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def delete(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes a macro, until macros.restore or for good after the days that the organization keeps what is deleted; what was written with it stays. Its title stays taken until then."""
        return cast("DeleteResult", await self._caller.call("macros.delete", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def restore(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Macro:
        """Brings a deleted macro back."""
        return cast("Macro", await self._caller.call("macros.restore", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def render(
        self,
        *,
        id: str,
        ticket_id: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> MacrosRenderResult:
        """A macro's text for a ticket, with the caller as the agent; nothing is written."""
        return cast("MacrosRenderResult", await self._caller.call("macros.render", {"id": id, "ticket_id": ticket_id, "session": session, "token": token}))

    async def apply(
        self,
        *,
        id: str,
        ticket_id: str,
        is_internal: Union[bool, Unset] = UNSET,
        seen_message_id: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Macro2:
        """Applies a macro to a ticket, all of it or nothing: writes its text there as the caller's reply or note, and does its actions with the caller's rights. An action that cannot be done is named in data.details."""
        return cast("Macro2", await self._caller.call("macros.apply", {"id": id, "ticket_id": ticket_id, "is_internal": is_internal, "seen_message_id": seen_message_id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def preview(
        self,
        *,
        id: str,
        ticket_id: str,
        is_internal: Union[bool, Unset] = UNSET,
        seen_message_id: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Macro2:
        """What macros.apply would answer: the whole ticket and the message as they would be. It runs for real, with every check, and is rolled back; nothing is kept."""
        return cast("Macro2", await self._caller.call("macros.preview", {"id": id, "ticket_id": ticket_id, "is_internal": is_internal, "seen_message_id": seen_message_id, "expected_version": expected_version, "session": session, "token": token}))


class SyncMacros:
    """The methods macros.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def list(
        self,
        *,
        text: Union[str, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> MacrosListResult:
        """A page of macros by title."""
        return cast("MacrosListResult", self._caller.call("macros.list", {"text": text, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    def list_all(
        self,
        *,
        text: Union[str, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Iterator[MacroRow]:
        """Every item of macros.list, page after page."""
        return cast("Iterator[MacroRow]", self._caller.pages("macros.list", {"text": text, "limit": limit, "cursor": cursor, "include_deleted": include_deleted, "session": session, "token": token}))

    def get(
        self,
        *,
        id: str,
        include_deleted: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Macro:
        """One macro with its whole template."""
        return cast("Macro", self._caller.call("macros.get", {"id": id, "include_deleted": include_deleted, "session": session, "token": token}))

    def create(
        self,
        *,
        title: str,
        body: Union[str, Unset] = UNSET,
        actions: Union[MacrosCreateActions, Unset] = UNSET,
        visibility: Union[MacroVisibility, Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Macro:
        """A new macro: a text, actions, or both. Its template is checked against the organization's fields."""
        return cast("Macro", self._caller.call("macros.create", {"title": title, "body": body, "actions": actions, "visibility": visibility, "metadata": metadata, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def update(
        self,
        *,
        id: str,
        title: Union[str, Unset] = UNSET,
        body: Union[Optional[str], Unset] = UNSET,
        actions: Union[MacrosCreateActions, Unset] = UNSET,
        visibility: Union[MacroVisibility, Unset] = UNSET,
        metadata: Union[Mapping[str, JSON], Unset] = UNSET,
        metadata_patch: Union[Mapping[str, JSON], Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Macro:
        """Changes a macro; what is left out stays."""
        return cast("Macro", self._caller.call("macros.update", {"id": id, "title": title, "body": body, "actions": actions, "visibility": visibility, "metadata": metadata, "metadata_patch": metadata_patch, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def delete(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes a macro, until macros.restore or for good after the days that the organization keeps what is deleted; what was written with it stays. Its title stays taken until then."""
        return cast("DeleteResult", self._caller.call("macros.delete", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def restore(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Macro:
        """Brings a deleted macro back."""
        return cast("Macro", self._caller.call("macros.restore", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def render(
        self,
        *,
        id: str,
        ticket_id: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> MacrosRenderResult:
        """A macro's text for a ticket, with the caller as the agent; nothing is written."""
        return cast("MacrosRenderResult", self._caller.call("macros.render", {"id": id, "ticket_id": ticket_id, "session": session, "token": token}))

    def apply(
        self,
        *,
        id: str,
        ticket_id: str,
        is_internal: Union[bool, Unset] = UNSET,
        seen_message_id: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> Macro2:
        """Applies a macro to a ticket, all of it or nothing: writes its text there as the caller's reply or note, and does its actions with the caller's rights. An action that cannot be done is named in data.details."""
        return cast("Macro2", self._caller.call("macros.apply", {"id": id, "ticket_id": ticket_id, "is_internal": is_internal, "seen_message_id": seen_message_id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def preview(
        self,
        *,
        id: str,
        ticket_id: str,
        is_internal: Union[bool, Unset] = UNSET,
        seen_message_id: Union[str, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Macro2:
        """What macros.apply would answer: the whole ticket and the message as they would be. It runs for real, with every check, and is rolled back; nothing is kept."""
        return cast("Macro2", self._caller.call("macros.preview", {"id": id, "ticket_id": ticket_id, "is_internal": is_internal, "seen_message_id": seen_message_id, "expected_version": expected_version, "session": session, "token": token}))


class AsyncEmailAccounts:
    """The methods email_accounts.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def list(
        self,
        *,
        is_active: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> EmailAccountsListResult:
        """A page of email accounts by address, without their passwords."""
        return cast("EmailAccountsListResult", await self._caller.call("email_accounts.list", {"is_active": is_active, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def list_all(
        self,
        *,
        is_active: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AsyncIterator[EmailAccount]:
        """Every item of email_accounts.list, page after page."""
        return cast("AsyncIterator[EmailAccount]", self._caller.pages("email_accounts.list", {"is_active": is_active, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    async def get(
        self,
        *,
        id: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> EmailAccount:
        """One email account, without its passwords."""
        return cast("EmailAccount", await self._caller.call("email_accounts.get", {"id": id, "session": session, "token": token}))

    async def create(
        self,
        *,
        email_address: str,
        imap_settings: Union[EmailAccountsCreateImapSettings, Unset] = UNSET,
        smtp_settings: Union[EmailAccountsCreateImapSettings, Unset] = UNSET,
        is_active: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> EmailAccount:
        """A new email account; deskpipe itself fetches and sends nothing yet."""
        return cast("EmailAccount", await self._caller.call("email_accounts.create", {"email_address": email_address, "imap_settings": imap_settings, "smtp_settings": smtp_settings, "is_active": is_active, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def update(
        self,
        *,
        id: str,
        email_address: Union[str, Unset] = UNSET,
        imap_settings: Union[Optional[EmailAccountsCreateImapSettings], Unset] = UNSET,
        smtp_settings: Union[Optional[EmailAccountsCreateImapSettings], Unset] = UNSET,
        is_active: Union[bool, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> EmailAccount:
        """Changes an email account; what is left out stays."""
        return cast("EmailAccount", await self._caller.call("email_accounts.update", {"id": id, "email_address": email_address, "imap_settings": imap_settings, "smtp_settings": smtp_settings, "is_active": is_active, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    async def delete(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes an email account with its passwords."""
        return cast("DeleteResult", await self._caller.call("email_accounts.delete", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))


class SyncEmailAccounts:
    """The methods email_accounts.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def list(
        self,
        *,
        is_active: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> EmailAccountsListResult:
        """A page of email accounts by address, without their passwords."""
        return cast("EmailAccountsListResult", self._caller.call("email_accounts.list", {"is_active": is_active, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def list_all(
        self,
        *,
        is_active: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Iterator[EmailAccount]:
        """Every item of email_accounts.list, page after page."""
        return cast("Iterator[EmailAccount]", self._caller.pages("email_accounts.list", {"is_active": is_active, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def get(
        self,
        *,
        id: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> EmailAccount:
        """One email account, without its passwords."""
        return cast("EmailAccount", self._caller.call("email_accounts.get", {"id": id, "session": session, "token": token}))

    def create(
        self,
        *,
        email_address: str,
        imap_settings: Union[EmailAccountsCreateImapSettings, Unset] = UNSET,
        smtp_settings: Union[EmailAccountsCreateImapSettings, Unset] = UNSET,
        is_active: Union[bool, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> EmailAccount:
        """A new email account; deskpipe itself fetches and sends nothing yet."""
        return cast("EmailAccount", self._caller.call("email_accounts.create", {"email_address": email_address, "imap_settings": imap_settings, "smtp_settings": smtp_settings, "is_active": is_active, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def update(
        self,
        *,
        id: str,
        email_address: Union[str, Unset] = UNSET,
        imap_settings: Union[Optional[EmailAccountsCreateImapSettings], Unset] = UNSET,
        smtp_settings: Union[Optional[EmailAccountsCreateImapSettings], Unset] = UNSET,
        is_active: Union[bool, Unset] = UNSET,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> EmailAccount:
        """Changes an email account; what is left out stays."""
        return cast("EmailAccount", self._caller.call("email_accounts.update", {"id": id, "email_address": email_address, "imap_settings": imap_settings, "smtp_settings": smtp_settings, "is_active": is_active, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))

    def delete(
        self,
        *,
        id: str,
        expected_version: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> DeleteResult:
        """Deletes an email account with its passwords."""
        return cast("DeleteResult", self._caller.call("email_accounts.delete", {"id": id, "expected_version": expected_version, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))


class AsyncBatch:
    """The methods batch.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def run(
        self,
        *,
        calls: List[BatchRunCalls],
        mode: Union[BatchRunMode, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> BatchRunResult:
        """Up to 100 writes at once: with the mode all as one transaction, all or nothing, in their order; with each, every one by itself and side by side. Of a batch that fails, data.call tells which call did."""
        return cast("BatchRunResult", await self._caller.call("batch.run", {"calls": calls, "mode": mode, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))


class SyncBatch:
    """The methods batch.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def run(
        self,
        *,
        calls: List[BatchRunCalls],
        mode: Union[BatchRunMode, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
        idempotency_key: Union[str, Unset] = UNSET,
        dry_run: Union[bool, Unset] = UNSET,
    ) -> BatchRunResult:
        """Up to 100 writes at once: with the mode all as one transaction, all or nothing, in their order; with each, every one by itself and side by side. Of a batch that fails, data.call tells which call did."""
        return cast("BatchRunResult", self._caller.call("batch.run", {"calls": calls, "mode": mode, "session": session, "token": token, "idempotency_key": idempotency_key, "dry_run": dry_run}))


class AsyncAudit:
    """The methods audit.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def list(
        self,
        *,
        actor_id: Union[str, Unset] = UNSET,
        agent_id: Union[str, Unset] = UNSET,
        method: Union[str, Unset] = UNSET,
        ticket_id: Union[str, Unset] = UNSET,
        object_id: Union[str, Unset] = UNSET,
        created_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> HistoryResult:
        """A page of everything that was changed in the organization, the latest first."""
        return cast("HistoryResult", await self._caller.call("audit.list", {"actor_id": actor_id, "agent_id": agent_id, "method": method, "ticket_id": ticket_id, "object_id": object_id, "created_at": created_at, "descending": descending, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def list_all(
        self,
        *,
        actor_id: Union[str, Unset] = UNSET,
        agent_id: Union[str, Unset] = UNSET,
        method: Union[str, Unset] = UNSET,
        ticket_id: Union[str, Unset] = UNSET,
        object_id: Union[str, Unset] = UNSET,
        created_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AsyncIterator[Audit]:
        """Every item of audit.list, page after page."""
        return cast("AsyncIterator[Audit]", self._caller.pages("audit.list", {"actor_id": actor_id, "agent_id": agent_id, "method": method, "ticket_id": ticket_id, "object_id": object_id, "created_at": created_at, "descending": descending, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    async def verify(
        self,
        *,
        from_: Union[int, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        known: Union[AuditVerifyKnown, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AuditVerifyResult:
        """Compares the history with its seals: tells records that were changed, removed or added, and seals that were, from members that were taken out as the history says. Keep last: with it as known, the next call notices when the end was cut off."""
        return cast("AuditVerifyResult", await self._caller.call("audit.verify", {"from": from_, "limit": limit, "known": known, "session": session, "token": token}))


class SyncAudit:
    """The methods audit.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def list(
        self,
        *,
        actor_id: Union[str, Unset] = UNSET,
        agent_id: Union[str, Unset] = UNSET,
        method: Union[str, Unset] = UNSET,
        ticket_id: Union[str, Unset] = UNSET,
        object_id: Union[str, Unset] = UNSET,
        created_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> HistoryResult:
        """A page of everything that was changed in the organization, the latest first."""
        return cast("HistoryResult", self._caller.call("audit.list", {"actor_id": actor_id, "agent_id": agent_id, "method": method, "ticket_id": ticket_id, "object_id": object_id, "created_at": created_at, "descending": descending, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def list_all(
        self,
        *,
        actor_id: Union[str, Unset] = UNSET,
        agent_id: Union[str, Unset] = UNSET,
        method: Union[str, Unset] = UNSET,
        ticket_id: Union[str, Unset] = UNSET,
        object_id: Union[str, Unset] = UNSET,
        created_at: Union[CustomersListCreatedAt, Unset] = UNSET,
        descending: Union[bool, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> Iterator[Audit]:
        """Every item of audit.list, page after page."""
        return cast("Iterator[Audit]", self._caller.pages("audit.list", {"actor_id": actor_id, "agent_id": agent_id, "method": method, "ticket_id": ticket_id, "object_id": object_id, "created_at": created_at, "descending": descending, "limit": limit, "cursor": cursor, "session": session, "token": token}))

    def verify(
        self,
        *,
        from_: Union[int, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        known: Union[AuditVerifyKnown, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> AuditVerifyResult:
        """Compares the history with its seals: tells records that were changed, removed or added, and seals that were, from members that were taken out as the history says. Keep last: with it as known, the next call notices when the end was cut off."""
        return cast("AuditVerifyResult", self._caller.call("audit.verify", {"from": from_, "limit": limit, "known": known, "session": session, "token": token}))


class AsyncEvents:
    """The methods events.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def since(
        self,
        *,
        cursor: Union[str, Unset] = UNSET,
        from_: Union[EventsSinceFrom, Unset] = UNSET,
        types: Union[List[str], Unset] = UNSET,
        ticket_id: Union[str, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> EventsSinceResult:
        """What happened to everything the caller may see, behind a cursor: complete, each event once, in the order of their transactions, the events of one transaction together."""
        return cast("EventsSinceResult", await self._caller.call("events.since", {"cursor": cursor, "from": from_, "types": types, "ticket_id": ticket_id, "limit": limit, "session": session, "token": token}))

    async def subscribe(
        self,
        *,
        types: Union[List[str], Unset] = UNSET,
        ticket_id: Union[str, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> EventsSubscribeResult:
        """Has events sent as they happen, in the notification events.events: what events.since would answer behind the cursor. Ends with events.unsubscribe, with its session, when the call is cancelled, or by events.lagging."""
        return cast("EventsSubscribeResult", await self._caller.call("events.subscribe", {"types": types, "ticket_id": ticket_id, "cursor": cursor, "session": session, "token": token}))

    async def unsubscribe(
        self,
        *,
        subscription: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> EventsUnsubscribeResult:
        """Ends a subscription of this session; nothing more is sent for it once this is answered."""
        return cast("EventsUnsubscribeResult", await self._caller.call("events.unsubscribe", {"subscription": subscription, "session": session, "token": token}))


class SyncEvents:
    """The methods events.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def since(
        self,
        *,
        cursor: Union[str, Unset] = UNSET,
        from_: Union[EventsSinceFrom, Unset] = UNSET,
        types: Union[List[str], Unset] = UNSET,
        ticket_id: Union[str, Unset] = UNSET,
        limit: Union[int, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> EventsSinceResult:
        """What happened to everything the caller may see, behind a cursor: complete, each event once, in the order of their transactions, the events of one transaction together."""
        return cast("EventsSinceResult", self._caller.call("events.since", {"cursor": cursor, "from": from_, "types": types, "ticket_id": ticket_id, "limit": limit, "session": session, "token": token}))

    def subscribe(
        self,
        *,
        types: Union[List[str], Unset] = UNSET,
        ticket_id: Union[str, Unset] = UNSET,
        cursor: Union[str, Unset] = UNSET,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> EventsSubscribeResult:
        """Has events sent as they happen, in the notification events.events: what events.since would answer behind the cursor. Ends with events.unsubscribe, with its session, when the call is cancelled, or by events.lagging."""
        return cast("EventsSubscribeResult", self._caller.call("events.subscribe", {"types": types, "ticket_id": ticket_id, "cursor": cursor, "session": session, "token": token}))

    def unsubscribe(
        self,
        *,
        subscription: str,
        session: Union[str, Unset] = UNSET,
        token: Union[str, Unset] = UNSET,
    ) -> EventsUnsubscribeResult:
        """Ends a subscription of this session; nothing more is sent for it once this is answered."""
        return cast("EventsUnsubscribeResult", self._caller.call("events.unsubscribe", {"subscription": subscription, "session": session, "token": token}))


class AsyncClerk:
    """The methods clerk.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def webhook(
        self,
        *,
        headers: Mapping[str, str],
        body: str,
    ) -> ClerkWebhookResult:
        """Takes a webhook of Clerk's as it came in and follows it: organizations and agents are made, renamed, given roles, deactivated and reactivated. Whoever receives webhooks passes them on here; the signature is verified first."""
        return cast("ClerkWebhookResult", await self._caller.call("clerk.webhook", {"headers": headers, "body": body}))


class SyncClerk:
    """The methods clerk.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def webhook(
        self,
        *,
        headers: Mapping[str, str],
        body: str,
    ) -> ClerkWebhookResult:
        """Takes a webhook of Clerk's as it came in and follows it: organizations and agents are made, renamed, given roles, deactivated and reactivated. Whoever receives webhooks passes them on here; the signature is verified first."""
        return cast("ClerkWebhookResult", self._caller.call("clerk.webhook", {"headers": headers, "body": body}))


class AsyncSystem:
    """The methods system.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def ping(self) -> SystemPingResult:
        """Answers at once, whatever else is running."""
        return cast("SystemPingResult", await self._caller.call("system.ping", {}))

    async def info(self) -> SystemInfoResult:
        """The versions of the service, its schema and its server, and the limits it keeps to."""
        return cast("SystemInfoResult", await self._caller.call("system.info", {}))


class SyncSystem:
    """The methods system.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def ping(self) -> SystemPingResult:
        """Answers at once, whatever else is running."""
        return cast("SystemPingResult", self._caller.call("system.ping", {}))

    def info(self) -> SystemInfoResult:
        """The versions of the service, its schema and its server, and the limits it keeps to."""
        return cast("SystemInfoResult", self._caller.call("system.info", {}))


class AsyncRpc:
    """The methods rpc.*."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def discover(self) -> RpcDiscoverResult:
        """The OpenRPC document of this service: methods, schemas, errors and examples."""
        return cast("RpcDiscoverResult", await self._caller.call("rpc.discover", {}))


class SyncRpc:
    """The methods rpc.*."""

    def __init__(self, caller: SyncCaller) -> None:
        self._caller = caller

    def discover(self) -> RpcDiscoverResult:
        """The OpenRPC document of this service: methods, schemas, errors and examples."""
        return cast("RpcDiscoverResult", self._caller.call("rpc.discover", {}))


class AsyncNamespaces:
    """Every namespace of methods."""

    def __init__(self, caller: AsyncCaller) -> None:
        self.session = AsyncSession(caller)
        self.organizations = AsyncOrganizations(caller)
        self.agents = AsyncAgents(caller)
        self.customers = AsyncCustomers(caller)
        self.fields = AsyncFields(caller)
        self.tickets = AsyncTickets(caller)
        self.tags = AsyncTags(caller)
        self.search = AsyncSearch(caller)
        self.views = AsyncViews(caller)
        self.reports = AsyncReports(caller)
        self.messages = AsyncMessages(caller)
        self.macros = AsyncMacros(caller)
        self.email_accounts = AsyncEmailAccounts(caller)
        self.batch = AsyncBatch(caller)
        self.audit = AsyncAudit(caller)
        self.events = AsyncEvents(caller)
        self.clerk = AsyncClerk(caller)
        self.system = AsyncSystem(caller)
        self.rpc = AsyncRpc(caller)


class SyncNamespaces:
    """Every namespace of methods."""

    def __init__(self, caller: SyncCaller) -> None:
        self.session = SyncSession(caller)
        self.organizations = SyncOrganizations(caller)
        self.agents = SyncAgents(caller)
        self.customers = SyncCustomers(caller)
        self.fields = SyncFields(caller)
        self.tickets = SyncTickets(caller)
        self.tags = SyncTags(caller)
        self.search = SyncSearch(caller)
        self.views = SyncViews(caller)
        self.reports = SyncReports(caller)
        self.messages = SyncMessages(caller)
        self.macros = SyncMacros(caller)
        self.email_accounts = SyncEmailAccounts(caller)
        self.batch = SyncBatch(caller)
        self.audit = SyncAudit(caller)
        self.events = SyncEvents(caller)
        self.clerk = SyncClerk(caller)
        self.system = SyncSystem(caller)
        self.rpc = SyncRpc(caller)
