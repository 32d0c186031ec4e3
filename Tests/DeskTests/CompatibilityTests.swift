import Foundation
import JSON
import Testing

@testable import Desk

/// The wire's promise: whoever works with a version works with every later one of the same major version.
@Suite struct CompatibilityTests {
  /// `WRITE_BASELINE=1` takes the document of today as what later ones must keep; that belongs to a release.
  @Test func theDocumentKeepsWhatItsBaselinePromises() throws {
    let text = Discover.document(version: Description.release, examples: [])
    let document = try #require(JSONTree(text))
    let baseline = try ProtocolFile("baseline/openrpc-\(Compatibility.major(of: document)).json")
    if ProcessInfo.processInfo.environment["WRITE_BASELINE"] != nil {
      return try Data((Discover.indented(text) + "\n").utf8).write(to: baseline.file)
    }
    let promised = try #require(JSONTree(baseline.text), "a new major version needs a baseline: WRITE_BASELINE=1")
    #expect(OpenRPCRules.complaints(about: promised) == [])
    #expect(Compatibility.major(of: promised) == Compatibility.major(of: document))
    let complaints = Compatibility.complaints(from: promised, to: document)
    #expect(complaints == [], "an incompatible change needs a new major version (protocol/CHANGELOG.md)")
  }

  /// A change of one part of a small document, and whether it is refused.
  @Test(arguments: Self.changes) func refusesWhatBreaksClients(_ change: Change) throws {
    let range = try #require(Self.document.range(of: change.old))
    let changed = Self.document.replacingCharacters(in: range, with: change.new)
    let (old, new) = (try #require(JSONTree(Self.document)), try #require(JSONTree(changed), "\(changed)"))
    let complaints = Compatibility.complaints(from: old, to: new)
    #expect(complaints.isEmpty == change.isFine, "\(complaints)")
  }

  @Test func takesAnythingWithANewMajorVersion() throws {
    let new = #"{"info":{"version":"1.0.0"},"methods":[]}"#
    let documents = try (#require(JSONTree(Self.document)), #require(JSONTree(new)))
    #expect(Compatibility.complaints(from: documents.0, to: documents.1) == [])
    let same = try #require(JSONTree(new.replacing("1.0.0", with: "0.9.0")))
    #expect(Compatibility.complaints(from: documents.0, to: same) != [])
  }

  struct Change: Sendable, CustomTestStringConvertible {
    let what: String
    let old: String
    let new: String
    let isFine: Bool
    var testDescription: String { what }
  }

  private static let document = """
    {'info':{'version':'0.4.0'},'methods':[
    {'name':'a.get','params':[{'name':'id','required':true,'schema':{'type':'string','format':'uuid'}},
    {'name':'size','required':false,'schema':{'type':'integer','minimum':1,'maximum':100}},
    {'name':'kind','required':false,'schema':{'$ref':'#/components/schemas/Kind'}},
    {'name':'note','required':false,'schema':{'anyOf':[{'type':'string','minLength':1,'maxLength':9},{'type':'null'}]}},
    {'name':'many','required':false,'schema':{'type':'array','items':{'type':'string'},'maxItems':4}},
    {'name':'who','required':false,'schema':{'type':'object','properties':{'email':{'type':'string'},
    'nick':{'type':'string'}},'required':['email'],'additionalProperties':false}},
    {'name':'free','required':false,'schema':{'type':'object'}}],
    'result':{'name':'result','schema':{'allOf':[{'$ref':'#/components/schemas/Thing'}]}},
    'errors':[{'$ref':'#/components/errors/busy'}],'x-access':'read','x-effect':'read'},
    {'name':'b.get','params':[],'result':{'name':'result','schema':{}},'errors':[],'x-access':'open'}],
    'x-notifications':[{'name':'gone','sender':'server','params':[
    {'name':'at','required':true,'schema':{'type':'string'}}]},
    {'name':'stop','sender':'client','params':[{'name':'which','required':true,'schema':{'type':'string'}}]}],
    'components':{'schemas':{'Kind':{'type':'string','enum':['x','y']},
    'Thing':{'type':'object','properties':{'ident':{'type':'string'},'count':{'type':'integer','maximum':5},
    'state':{'$ref':'#/components/schemas/Kind'},'by':{'anyOf':[{'type':'string'},{'type':'null'}]},
    'hint':{'type':'string'},'tags':{'type':'array','items':{'type':'string'}},
    'sums':{'type':'object','additionalProperties':{'type':'integer'}}},
    'required':['ident','count','state','by','tags','sums']}},
    'errors':{'busy':{'code':1201,'message':'m'}}}}
    """.replacing("'", with: "\"")

  /// `+` for what is fine, `-` for what is refused: what it is; what stands there; what stands there afterwards.
  private static let changes: [Change] = """
    + nothing ; b.get ; b.get
    + words about it ; 'info':{ ; 'info':{'description':'more',
    - a method renamed ; a.get ; a.fetch
    + a method added ; {'name':'b.get' ; {'name':'c.get','params':[]},{'name':'b.get'
    - a parameter renamed ; 'size' ; 'extent'
    - a parameter that was optional is required ; 'size','required':false ; 'size','required':true
    + a parameter that was required is optional ; 'id','required':true ; 'id','required':false
    - a required parameter added ; {'name':'size' ; {'name':'n','required':true,'schema':{}},{'name':'size'
    + an optional parameter added ; {'name':'size' ; {'name':'n','required':false,'schema':{}},{'name':'size'
    - another type of a parameter ; 'type':'integer','minimum' ; 'type':'string','minimum'
    + a wider type of a parameter ; 'type':'integer','minimum':1 ; 'type':'number','minimum':1
    + any value of a parameter ; 'type':'integer','minimum':1,'maximum':100 ;
    - a lower maximum ; 'maximum':100 ; 'maximum':50
    + a higher maximum ; 'maximum':100 ; 'maximum':500
    - a higher minimum ; 'minimum':1, ; 'minimum':2,
    - a new limit ; 'nick':{'type':'string' ; 'nick':{'type':'string','maxLength':9
    - a shorter text ; 'maxLength':9 ; 'maxLength':8
    - a longer text at least ; 'minLength':1 ; 'minLength':2
    - fewer elements ; 'maxItems':4 ; 'maxItems':3
    - other elements ; 'items':{'type':'string'},'maxItems' ; 'items':{'type':'integer'},'maxItems'
    - a format ; 'nick':{'type':'string' ; 'nick':{'type':'string','format':'email'
    - a pattern ; 'nick':{'type':'string' ; 'nick':{'type':'string','pattern':'x'
    + no format any more ; ,'format':'uuid' ;
    - no null any more ; 'maxLength':9},{'type':'null'} ; 'maxLength':9}
    + null as well ; 'schema':{'type':'integer','minimum':1, ; 'schema':{'anyOf':[{'type':'integer'},{'type':'null'}],
    - a word of a parameter lost ; ['x','y'] ; ['x']
    + a word of parameters and answers added ; ['x','y'] ; ['x','y','z']
    - a member within a parameter lost ; 'nick': ; 'nock':
    + a member within a parameter added ; 'nick': ; 'more':{},'nick':
    - a member within a parameter required ; ['email'] ; ['email','nick']
    - a free object described ; 'schema':{'type':'object'} ; 'schema':{'type':'object','additionalProperties':false}
    - a member of an answer lost ; 'hint':{'type':'string'}, ;
    - a member of an answer that may be left out ; 'required':['ident', ; 'required':[
    + a member of an answer added ; 'hint': ; 'news':{'type':'string'},'hint':
    + a member of an answer that is always there ; ['ident', ; ['hint','ident',
    - another type of a member of an answer ; 'count':{'type':'integer' ; 'count':{'type':'string'
    - null in an answer ; 'hint':{'type':'string'} ; 'hint':{'anyOf':[{'type':'string'},{'type':'null'}]}
    + no null in an answer ; 'by':{'anyOf':[{'type':'string'},{'type':'null'}]} ; 'by':{'type':'string'}
    + a higher limit of an answer ; 'maximum':5 ; 'maximum':9
    - any string in an answer ; 'state':{'$ref':'#/components/schemas/Kind'} ; 'state':{'type':'string'}
    - other elements of an answer ; 'items':{'type':'string'}} ; 'items':{'type':'integer'}}
    - other values of an answer ; 'additionalProperties':{'type':'integer'} ; 'additionalProperties':{'type':'string'}
    - an error of a method lost ; 'errors':[{'$ref':'#/components/errors/busy'}] ; 'errors':[]
    + an error of a method added ; 'errors':[] ; 'errors':[{'$ref':'#/components/errors/busy'}]
    - an error's code changed ; 1201 ; 1202
    - an error lost ; 'busy':{ ; 'idle':{
    - for admins alone ; 'x-access':'read' ; 'x-access':'admin'
    + for anyone ; 'x-access':'read' ; 'x-access':'open'
    - for others alone ; 'x-access':'read' ; 'x-access':'owner'
    - for nobody knows whom ; ,'x-access':'read' ;
    - a read that writes ; 'x-effect':'read' ; 'x-effect':'internal'
    - a notification lost ; 'gone' ; 'went'
    - a notification of the other side ; 'sender':'server' ; 'sender':'client'
    - a member of a notification lost ; 'name':'at' ; 'name':'when'
    - a member of a notification that may be left out ; 'at','required':true ; 'at','required':false
    - a client's notification that must say more ; {'name':'which' ; {'name':'why','required':true},{'name':'which'
    """.replacing("'s code", with: "s code").replacing("client's", with: "client").replacing("'", with: "\"")
    .split(separator: "\n").map { line in
      let parts = line.dropFirst(2).components(separatedBy: " ;").map { $0.drop { $0 == " " } }
      return Change(what: String(parts[0]), old: String(parts[1]), new: String(parts[2]), isFine: line.hasPrefix("+"))
    }
}
