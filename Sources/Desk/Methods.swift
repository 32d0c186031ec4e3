/// THE table: every method of the wire, once.
public enum Methods {
  public static let all: [AnyMethod] = [
    open,
    AnyMethod(SessionRefresh.self),
    AnyMethod(SessionClose.self),
    whoami,
    AnyMethod(OrganizationsGet.self),
    AnyMethod(OrganizationsUpdate.self),
    AnyMethod(AgentsList.self),
    AnyMethod(AgentsGet.self),
    AnyMethod(AgentsUpdate.self),
    AnyMethod(AgentsSetStatus.self),
    AnyMethod(CustomersList.self),
    AnyMethod(CustomersGet.self),
    AnyMethod(CustomersCreate.self),
    AnyMethod(CustomersUpdate.self),
    AnyMethod(CustomersUpsert.self),
    AnyMethod(CustomersSetFields.self),
    AnyMethod(CustomersDelete.self),
    AnyMethod(FieldsList.self),
    AnyMethod(FieldsCreate.self),
    AnyMethod(FieldsUpdate.self),
    AnyMethod(FieldsDelete.self),
    AnyMethod(TicketsList.self),
    AnyMethod(TicketsGet.self),
    AnyMethod(TicketsCreate.self),
    AnyMethod(TicketsUpdate.self),
    AnyMethod(TicketsAssign.self),
    AnyMethod(TicketsSetStatus.self),
    AnyMethod(TicketsDelete.self),
    AnyMethod(TicketsCount.self),
    AnyMethod(MessagesList.self),
    AnyMethod(MessagesCreate.self),
    AnyMethod(MessagesGet.self),
    AnyMethod(MessagesFind.self),
    AnyMethod(MessagesSetDelivery.self),
    AnyMethod(MacrosList.self),
    AnyMethod(MacrosGet.self),
    AnyMethod(MacrosCreate.self),
    AnyMethod(MacrosUpdate.self),
    AnyMethod(MacrosDelete.self),
    AnyMethod(MacrosRender.self),
    AnyMethod(MacrosApply.self),
    AnyMethod(EmailAccountsList.self),
    AnyMethod(EmailAccountsGet.self),
    AnyMethod(EmailAccountsCreate.self),
    AnyMethod(EmailAccountsUpdate.self),
    AnyMethod(EmailAccountsDelete.self),
    AnyMethod(ClerkWebhook.self),
    AnyMethod(SystemPing.self),
    AnyMethod(SystemInfo.self),
    AnyMethod(RpcDiscover.self),
  ]

  /// These two the service starts by itself as well.
  static let open = AnyMethod(SessionOpen.self)
  static let whoami = AnyMethod(SessionWhoami.self)

  public static let byName: [String: AnyMethod] = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name, $0) })
}
