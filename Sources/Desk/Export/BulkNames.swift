/// The names that files are imported and exported by.
public enum BulkNames {
  public static let ping = SystemPing.name
  public static let fields = FieldsList.name
  public static let importCustomers = CustomersImport.name
  public static let exportPart = Notifications.exportPart.name
}
